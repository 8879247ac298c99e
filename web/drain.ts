import type http from "node:http";
import net from "node:net";

/** How long connections that are open may still bring a request, which is then their last. */
const graceMs = 1_000;
/** Below what whoever started us waits before it ends us. */
const patienceMs = 8_000;

/**
 * At one of the signals: takes no more connections, answers every request that came in, and then ends this process.
 * Nobody is cut off in the middle of an answer, except for streams that have no end of their own.
 *
 * @param finish  what else must be put away before the end
 */
export function drainOn(signals: readonly NodeJS.Signals[], server: http.Server, finish: () => Promise<void>): void {
  const underWay = new Set<http.ServerResponse>();
  let isDraining = false;
  server.prependListener("request", (_, response: http.ServerResponse) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    if (isDraining) askToClose(response);
  });

  const drain = async () => {
    await everythingTaken();
    const isClosed = new Promise<void>((resolve) => {
      // Node's own way would also close, at once, connections on which a request may just be arriving.
      net.Server.prototype.close.call(server, () => resolve());
    });
    // Not before: whoever is told that his connection ends opens another one at once.
    isDraining = true;
    for (const response of underWay) askToClose(response);
    await pause(graceMs);
    let isOver = false;
    const end = Promise.race([isClosed, pause(patienceMs - graceMs)]).then(() => {
      isOver = true;
    });
    while (!isOver) {
      endStreams(underWay);
      await everythingTaken();
      server.closeIdleConnections();
      await Promise.race([end, pause(100)]);
    }
    server.closeAllConnections();
    await finish();
  };
  let hasBegun = false;
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal, npm and whoever started us may each pass on the same wish.
      if (hasBegun) return;
      hasBegun = true;
      drain().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function askToClose(response: http.ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}

/** A stream of events has no last one: its reader asks again, and then finds another process. */
function endStreams(underWay: Iterable<http.ServerResponse>): void {
  for (const response of underWay) {
    if (String(response.getHeader("content-type") ?? "").startsWith("text/event-stream")) response.end();
  }
}

/**
 * Until this process has looked at all its sockets once more: what came in while it was busy is read by then, and not
 * reset unseen by the close that follows.
 */
function everythingTaken(): Promise<void> {
  // The first one still belongs to the present turn of the loop, which has looked already.
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
