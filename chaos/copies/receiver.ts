import http from "node:http";
import type { AddressInfo } from "node:net";

/** A system of the merchant's own that does something for every event it hears, and does not look whether it did before. */
export type Receiver = {
  url: string;
  /** How often it acted, by order number. */
  acts: Map<string, number>;
  close(): void;
};

export async function openReceiver(): Promise<Receiver> {
  const acts = new Map<string, number>();
  const server = http.createServer(async (request, response) => {
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    const event = JSON.parse(text) as { type: string; data: { payment: { mchOrderNo: string } } };
    const { mchOrderNo } = event.data.payment;
    if (event.type === "payment.paid") acts.set(mchOrderNo, (acts.get(mchOrderNo) ?? 0) + 1);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    acts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
