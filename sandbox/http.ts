import type { IncomingMessage, ServerResponse } from "node:http";

export type Incoming = {
  method: string;
  path: string;
  /** Behind the `?`, still encoded. */
  query: string;
  body: string;
  contentType: string | null;
  accept: string | null;
  origin: string | null;
  host: string;
  callerIp: string;
  /** The address under which the caller reached us, without a slash at its end. */
  base: string;
};

/** `cut` closes the connection without a word. */
export type Reply = { status: number; type: string | null; body: string | Buffer; location?: string } | "cut";

const longestBody = 1_000_000;
const plausibleHost = /^(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?$/;

/** Reads a request completely; `null` when its body is too long. */
export async function readIncoming(request: IncomingMessage, port: number): Promise<Incoming | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) return null;
    chunks.push(chunk);
  }
  const target = request.url ?? "/";
  const queryAt = target.includes("?") ? target.indexOf("?") : target.length;
  const { host: givenHost, origin, accept } = request.headers;
  const host = givenHost && plausibleHost.test(givenHost) ? givenHost : `127.0.0.1:${port}`;
  return {
    method: request.method ?? "GET",
    path: target.slice(0, queryAt),
    query: target.slice(queryAt + 1),
    body: Buffer.concat(chunks).toString("utf8"),
    contentType: request.headers["content-type"] ?? null,
    accept: accept ?? null,
    origin: origin ?? null,
    host,
    callerIp: (request.socket.remoteAddress ?? "127.0.0.1").replace("::ffff:", ""),
    base: `http://${host}`,
  };
}

export function writeReply(response: ServerResponse, reply: Reply): void {
  if (reply === "cut") {
    response.socket?.destroy();
    return;
  }
  response.statusCode = reply.status;
  if (reply.type !== null) response.setHeader("Content-Type", reply.type);
  if (reply.location !== undefined) response.setHeader("Location", reply.location);
  response.setHeader("Cache-Control", "no-store");
  response.end(reply.body);
}

export function jsonReply(value: unknown, status = 200): Reply {
  return { status, type: "application/json;charset=UTF-8", body: JSON.stringify(value) };
}

export function htmlReply(html: string, status = 200): Reply {
  return { status, type: "text/html;charset=UTF-8", body: html };
}

export function redirectReply(location: string, status = 302): Reply {
  return { status, type: null, body: "", location };
}
