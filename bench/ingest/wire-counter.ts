import net from "node:net";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Ends } from "../server/ends";

const marker = "insert into notifications";

/**
 * Stands between a server and its database and counts round trips: how often the server sends something after the
 * database has said something. Only connections that carry notifications count, from their first one on; telling the
 * database a statement's text, which every connection does once, is not counted.
 */
export async function startWireCounter(
  databasePort: number,
  ends: Ends,
): Promise<{ port: number; roundTrips: () => number }> {
  let roundTrips = 0;
  const open = new Set<net.Socket>();
  const proxy = net.createServer((client) => {
    const database = net.connect(databasePort, "127.0.0.1");
    client.setNoDelay(true);
    database.setNoDelay(true);
    const flights = countFlights();
    client.on("data", (chunk) => {
      if (flights.sent(chunk)) roundTrips += 1;
    });
    database.on("data", () => flights.answered());
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
    client.pipe(database).pipe(client);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve));
  ends.push(async () => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  return { port, roundTrips: () => roundTrips };
}

/** Tells one connection's flights apart. Whatever is sent without an answer in between belongs to one flight. */
export function countFlights(): { sent: (chunk: Buffer) => boolean; answered: () => void } {
  let isMarked = false;
  let wasAnswered = true;
  let tail = "";
  return {
    sent(chunk) {
      const isNew = wasAnswered;
      wasAnswered = false;
      if (isMarked) return isNew;
      // A statement's text may be cut into several chunks.
      const text = tail + chunk.toString("latin1");
      isMarked = text.includes(marker);
      tail = text.slice(-marker.length);
      return false;
    },
    answered() {
      wasAnswered = true;
    },
  };
}
