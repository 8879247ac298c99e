import http from "node:http";
import { sqlClient } from "@/db/client";
import { settings } from "@/lib/config/settings";
import { receiveNotification } from "@/lib/notifications/receive-notification";

/**
 * ref-bare: the product's own verification and statement behind Node's server, without the framework.
 *
 * `--second-statement` makes it ask the database one thing more, so that the counter of statements can be seen to notice.
 */
const asksTwice = process.argv.includes("--second-statement");
const limitBytes = 65_536;

const server = http.createServer((request, response) => {
  answer(request).then(
    ({ status, reply }) => response.writeHead(status, { "content-type": "text/plain" }).end(reply),
    () => response.writeHead(503, { "content-type": "text/plain" }).end("try again"),
  );
});

async function answer(request: http.IncomingMessage): Promise<{ status: number; reply: string }> {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const [, credentialId, kind] = /^\/api\/notify\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
  if (request.method !== "POST" || !credentialId || !kind) return { status: 404, reply: "unknown address" };
  const body = await bodyOf(request);
  if (asksTwice) await sqlClient("notifications")`select count(*) from credentials`;
  return receiveNotification({
    credentialId,
    kind,
    query: search.replace(/^\?/, ""),
    contentType: request.headers["content-type"] ?? null,
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    sourceAddress: request.socket.remoteAddress ?? null,
    body,
  });
}

async function bodyOf(request: http.IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    pieces.push(piece);
    length += piece.length;
    if (length > limitBytes) throw new Error("too large");
  }
  return Buffer.concat(pieces, length);
}

settings();
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => process.exit());
