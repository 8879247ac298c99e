import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Spoil } from "./spoils";

/** Stands between the console and the sandbox and spoils the answers it is told to. */
export type Spoiler = {
  url: string;
  /** Spoils the next requests to `path` whose body names `number`. */
  spoil(fault: Fault): void;
  clear(): void;
  stop(): Promise<void>;
};

export type Fault = { path: string; number: string; spoil: Spoil; isExecuted: boolean; times: number };

/** @param gatewayUrl  where the sandbox listens; called for each request, because it starts after us */
export async function startSpoiler(gatewayUrl: () => string): Promise<Spoiler> {
  let faults: Fault[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, gatewayUrl(), (path, body) => {
      const fault = faults.find((one) => one.path === path && body.includes(one.number));
      if (fault) fault.times -= 1;
      faults = faults.filter(({ times }) => times > 0);
      return fault ?? null;
    }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil: (fault) => {
      faults.push(fault);
    },
    clear: () => {
      faults = [];
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  gatewayUrl: string,
  take: (path: string, body: string) => Fault | null,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const path = request.url ?? "/";
  const fault = take(path, body);
  const isReached = fault === null || fault.isExecuted;
  const genuine = isReached ? await forward(`${gatewayUrl}${path}`, body) : null;
  if (fault) return send(response, fault.spoil.make(genuine));
  response.writeHead(200, { "content-type": "application/json" }).end(genuine);
}

async function forward(url: string, body: string): Promise<string> {
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  return answer.text();
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  switch (answer.kind) {
    case "silence":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "cut":
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.body.length * 2 });
      response.write(answer.body, () => response.socket?.destroy());
      return;
    case "drip":
      return drip(response);
    case "flood":
      return flood(response, answer.bytes);
    case "whole":
      response
        .writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers })
        .end(answer.body);
  }
}

/** Always a byte more, so that only a limit over the whole call ends it. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => {
    // Whoever called may have gone before the first byte.
    if (response.destroyed) clearInterval(timer);
    else response.write(" ");
  }, 20);
}

/** One block over and over, and no faster than it is taken. */
async function flood(response: ServerResponse, bytes: number): Promise<void> {
  const block = Buffer.alloc(65_536, 0x20);
  response.writeHead(200, { "content-type": "application/json", "content-length": bytes });
  let goOn: () => void = () => {};
  response.on("drain", () => goOn());
  response.on("close", () => goOn());
  for (let sent = 0; sent < bytes && !response.destroyed; sent += block.length) {
    if (response.write(block)) continue;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  }
  response.end();
}
