import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  fields: URLSearchParams;
};
/** `isHeld` leaves the caller without any reply. */
type Reply = { status?: number; body: string; location?: string; isHeld?: boolean };

/** A merchant's server: it keeps what arrives, answers what it is told to, and lets a test wait for the next message. */
export async function startReceiver() {
  const received: Received[] = [];
  const waiting: ((message: Received) => void)[] = [];
  let unread = 0;
  let reply: (message: Received) => Reply = () => ({ body: "success" });

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const { method = "", url = "", headers } = request;
    const message = { method, url, headers, body, fields: new URLSearchParams(body) };
    received.push(message);
    const { status = 200, body: text, location, isHeld = false } = reply(message);
    if (!isHeld) response.writeHead(status, location === undefined ? {} : { Location: location }).end(text);
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else unread++;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith(next: Reply | ((message: Received) => Reply)) {
      reply = typeof next === "function" ? next : () => next;
    },
    /** The next message that no earlier call has returned. */
    next(): Promise<Received> {
      const message = received[received.length - unread];
      if (unread > 0 && message) {
        unread--;
        return Promise.resolve(message);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
