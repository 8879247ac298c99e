import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers the protocol's paths over HTTP, for callers in other processes. */
export async function serveGateway(
  answer: (path: string, body: string) => string | null,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = answer(request.url ?? "/", Buffer.concat(chunks).toString("utf8"));
    if (text === null) response.destroy();
    else response.writeHead(200, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
