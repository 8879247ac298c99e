import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Something in front of us that does not leave requests and answers alone. */
export type Meddler = { url: string; close: () => void };

export type Meddling = {
  /** Changes the request on its way in. */
  request?: (request: { body: string; contentType: string }) => { body: string; contentType: string };
  /** Changes the answer on its way out. */
  answer?: (body: string) => string;
};

/** Passes everything on to `target`, changed as told. */
export function passOnChanged(
  target: string,
  { request = (same) => same, answer = (same) => same }: Meddling,
): Promise<Meddler> {
  return listen(async (incoming, outgoing) => {
    const contentType = incoming.headers["content-type"] ?? "";
    const changed = request({ body: await textOf(incoming), contentType });
    const reply = await fetch(`${target}${incoming.url}`, {
      method: "POST",
      headers: { "content-type": changed.contentType },
      body: changed.body,
    });
    const body = answer(await reply.text());
    outgoing.writeHead(reply.status, { "content-type": "text/plain" }).end(body);
  });
}

/** Answers everything by itself. */
export function answerInstead(status: number, headers: Record<string, string>, body: string): Promise<Meddler> {
  return listen(async (incoming, outgoing) => {
    await textOf(incoming);
    outgoing.writeHead(status, headers).end(body);
  });
}

/** Takes every request and never answers one. */
export function neverAnswer(): Promise<Meddler> {
  return listen(async () => undefined);
}

async function listen(
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
): Promise<Meddler> {
  const server: Server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}
