import { clientAddress, peerHeader } from "@/lib/auth/client-address";
import { settings } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import { readBody } from "@/lib/notifications/read-body";
import { receiveNotification } from "@/lib/notifications/receive-notification";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ credentialId: string; kind: string }> };

const limitBytes = 65_536;
// The gateway itself gives up after 20 seconds and sends again.
const patienceMs = 10_000;

/** The gateway's messages. It takes the body `success`, and nothing else, as "never send this again". */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  try {
    const { trustedProxyHops } = settings();
    const body = await bodyOf(request);
    if (body instanceof Response) return body;
    const { status, reply } = await receiveNotification({
      ...(await params),
      query: new URL(request.url).search.replace(/^\?/, ""),
      contentType: request.headers.get("content-type"),
      headers: headersOfSender(request.headers, trustedProxyHops),
      sourceAddress: clientAddress(request.headers, trustedProxyHops),
      body,
    });
    return answer(status, reply);
  } catch (error) {
    log.error({ error }, "a notification could not be taken");
    return answer(503, "try again");
  }
}

export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT };

function refuse(): Response {
  return answer(405, "only POST", { allow: "POST" });
}

/** Without those that our own server added on the way here. With a proxy of ours in front, its own are evidence. */
function headersOfSender(headers: Headers, trustedProxyHops: number): [string, string][] {
  return [...headers].filter(
    ([name]) => name !== peerHeader && (trustedProxyHops > 0 || !name.startsWith("x-forwarded-")),
  );
}

async function bodyOf(request: Request): Promise<Uint8Array | Response> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) return tooLarge();
  const timeUp = new AbortController();
  const clock = setTimeout(() => timeUp.abort(), patienceMs);
  const read = await readBody(request.body, { limitBytes, timeUp: timeUp.signal });
  clearTimeout(clock);
  if (read.ok) return read.value;
  if (read.error.kind === "too-large") return tooLarge();
  if (read.error.kind === "too-slow") return answer(408, "too slow", { connection: "close" });
  log.warn({ error: read.error.cause }, "a notification broke off");
  return answer(400, "broken off");
}

function tooLarge(): Response {
  return answer(413, "too large", { connection: "close" });
}

function answer(status: number, reply: string, headers: Record<string, string> = {}): Response {
  return new Response(reply, {
    status,
    headers: { "content-type": "text/plain", "cache-control": "no-store", ...headers },
  });
}
