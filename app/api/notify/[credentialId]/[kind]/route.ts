import { clientAddress, peerHeader } from "@/lib/auth/client-address";
import { settings } from "@/lib/config/settings";
import { err, type Result } from "@/lib/domain/result";
import { log } from "@/lib/log/log";
import { readBody } from "@/lib/notifications/read-body";
import {
  bodyLimitBytes,
  bodyPatienceMs,
  headersOfSender,
  isTooBusy,
  refuseUnread,
  takeNotification,
  tryAgain,
  type UnreadBody,
} from "@/lib/notifications/take-notification";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ credentialId: string; kind: string }> };

/**
 * The gateway's messages. It takes the body `success`, and nothing else, as "never send this again". Where the web
 * process is ours (`web/`), its door answers them before the framework does.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  try {
    if (isTooBusy()) return answer(tryAgain.status, tryAgain.reply);
    const { trustedProxyHops } = settings();
    const message = {
      ...(await params),
      query: new URL(request.url).search.replace(/^\?/, ""),
      contentType: request.headers.get("content-type"),
      headers: headersOfSender(request.headers, { trustedProxyHops, ownHeader: peerHeader }),
      sourceAddress: clientAddress(request.headers, trustedProxyHops),
    };
    const body = await bodyOf(request);
    if (!body.ok) {
      const { status, reply } = refuseUnread(message, body.error);
      return answer(status, reply, { connection: "close" });
    }
    const { status, reply } = await takeNotification({ ...message, body: body.value });
    return answer(status, reply);
  } catch (error) {
    log.error({ error }, "a notification could not be taken");
    return answer(tryAgain.status, tryAgain.reply);
  }
}

export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT };

function refuse(): Response {
  return answer(405, "only POST", { allow: "POST" });
}

async function bodyOf(request: Request): Promise<Result<Uint8Array, UnreadBody>> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimitBytes) return err("too-large");
  const timeUp = new AbortController();
  const clock = setTimeout(() => timeUp.abort(), bodyPatienceMs);
  const read = await readBody(request.body, { limitBytes: bodyLimitBytes, timeUp: timeUp.signal });
  clearTimeout(clock);
  if (read.ok) return read;
  if (read.error.kind === "interrupted") log.warn({ error: read.error.cause }, "a notification broke off");
  return err(read.error.kind);
}

function answer(status: number, reply: string, headers: Record<string, string> = {}): Response {
  return new Response(reply, {
    status,
    headers: { "content-type": "text/plain", "cache-control": "no-store", ...headers },
  });
}
