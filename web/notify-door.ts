import type http from "node:http";
import { clientAddress, peerHeader } from "@/lib/auth/client-address";
import { settings } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import {
  bodyLimitBytes,
  bodyPatienceMs,
  type DoorReply,
  headersOfSender,
  isTooBusy,
  refuseUnread,
  takeNotification,
  tryAgain,
} from "@/lib/notifications/take-notification";
import { endAfter } from "./end-after";
import { readRequestBody } from "./read-request-body";

/** An address of the gateway's messages. Whatever is written in another way is left to the framework's route. */
const addressPattern = /^\/api\/notify\/([\w-]+)\/([a-z]+)(?:\?([^#]*))?$/;

/**
 * Answers the gateway's messages before the framework sees them, which costs several times what is done with a message.
 * The route `api/notify` does the same for deployments without this door.
 *
 * @returns false when the request is none of the door's
 */
export function answerNotification(request: http.IncomingMessage, response: http.ServerResponse): boolean {
  const [, credentialId, kind, query = ""] = addressPattern.exec(request.url ?? "") ?? [];
  if (credentialId === undefined || kind === undefined) return false;
  // Before anything is made of it: under a flood most of the work is to refuse.
  if (request.method === "POST" && isTooBusy()) {
    response.writeHead(tryAgain.status, tryAgainHeaders).end(tryAgain.reply);
    return true;
  }
  take(request, { credentialId, kind, query }).then(
    (reply) => answer(request, response, reply),
    (error: unknown) => {
      log.error({ error }, "a notification could not be taken");
      answer(request, response, tryAgain);
    },
  );
  return true;
}

async function take(
  request: http.IncomingMessage,
  address: { credentialId: string; kind: string; query: string },
): Promise<DoorReply> {
  if (request.method !== "POST") return { status: 405, reply: "only POST" };
  const { trustedProxyHops } = settings();
  const message = {
    ...address,
    contentType: request.headers["content-type"] ?? null,
    headers: headersOfSender(headersAsSent(request), { trustedProxyHops, ownHeader: peerHeader }),
    sourceAddress: clientAddress({ get: (name) => headerOf(request, name) }, trustedProxyHops),
  };
  if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) return refuseUnread(message, "too-large");
  const body = await readRequestBody(request, { limitBytes: bodyLimitBytes, patienceMs: bodyPatienceMs });
  return body.ok ? takeNotification({ ...message, body: body.value }) : refuseUnread(message, body.error);
}

function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { status, reply, isLast }: DoorReply,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...headersFor(reply),
    ...(status === 405 ? { allow: "POST" } : {}),
    ...(isLast ? { connection: "close" } : {}),
  });
  if (!isLast) return void response.end(request.method === "HEAD" ? undefined : reply);
  response.write(reply);
  endAfter(request, response);
}

function headersFor(reply: string) {
  return {
    "content-type": "text/plain",
    "content-length": Buffer.byteLength(reply),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}

const tryAgainHeaders = headersFor(tryAgain.reply);

/** As they came over the wire, in their order; a header that came twice stands in it twice. */
function headersAsSent({ rawHeaders }: http.IncomingMessage): [string, string][] {
  const headers: [string, string][] = [];
  for (let place = 0; place + 1 < rawHeaders.length; place += 2) {
    headers.push([(rawHeaders[place] ?? "").toLowerCase(), rawHeaders[place + 1] ?? ""]);
  }
  return headers;
}

function headerOf({ headers }: http.IncomingMessage, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(", ") : value) ?? null;
}
