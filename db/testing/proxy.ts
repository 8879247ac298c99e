import { once } from "node:events";
import net from "node:net";

/** Stands between a client and a database server, and takes the connections away. */
export type DatabaseProxy = {
  url: string;
  /** Everybody is cut off in the middle of whatever it is, as when the server's machine loses its power. */
  reset(): void;
  /** Until `letIn`: whoever comes is let in and at once shown out, as by a balancer with nobody behind it. */
  showOut(): void;
  letIn(): void;
  /** How many connections came so far. */
  arrivals(): number;
  close(): Promise<void>;
};

export async function openProxy(serverUrl: string): Promise<DatabaseProxy> {
  const target = new URL(serverUrl);
  const clients = new Set<net.Socket>();
  let isOpen = true;
  let arrivals = 0;
  const proxy = net.createServer((client) => {
    arrivals += 1;
    client.on("error", () => {});
    clients.add(client);
    client.once("close", () => clients.delete(client));
    if (!isOpen) return void client.resume().end();
    const server = net.connect(Number(target.port), target.hostname);
    server.on("error", () => client.destroy());
    server.pipe(client).pipe(server);
    client.once("close", () => server.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as net.AddressInfo;
  return {
    url: Object.assign(new URL(serverUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    reset() {
      for (const client of clients) client.resetAndDestroy();
    },
    showOut() {
      isOpen = false;
    },
    letIn() {
      isOpen = true;
    },
    arrivals: () => arrivals,
    async close() {
      const closed = once(proxy, "close");
      proxy.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
