import type http from "node:http";
import net from "node:net";

/** How long connections that are open may still bring a request, which is then their last. */
const graceMs = 1_000;
/** Below what whoever started us waits before it ends us. */
const patienceMs = 8_000;
/** A turn of the loop that took longer had something to do. */
const quietTurnMs = 0.3;
/** A process that is never quiet is closed all the same. */
const quietPatienceMs = 500;

/**
 * At one of the signals: takes no more connections, answers every request that came in, and then ends this process.
 * Nobody is cut off in the middle of an answer, except for streams that have no end of their own.
 *
 * @param finish  what else must be put away before the end
 */
export function drainOn(signals: readonly NodeJS.Signals[], server: http.Server, finish: () => Promise<void>): void {
  const underWay = new Set<http.ServerResponse>();
  const breath = breathOf(server);
  let arrivals = 0;
  let isDraining = false;
  server.on("connection", () => {
    arrivals += 1;
  });
  server.prependListener("request", (_, response: http.ServerResponse) => {
    arrivals += 1;
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    if (isDraining) askToClose(response);
  });

  const drain = async () => {
    breath.hold();
    await quietMoment(() => arrivals);
    const isClosed = new Promise<void>((resolve) => {
      // Node's own way would also close, at once, connections on which a request may just be arriving.
      net.Server.prototype.close.call(server, () => resolve());
    });
    breath.release();
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
      await quietMoment(() => arrivals);
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
 * Lets a server take connections and read nothing of them for a moment, so that all it does is to let in who stands
 * outside and to finish what it began.
 */
function breathOf(server: http.Server): { hold(): void; release(): void } {
  const open = new Set<net.Socket>();
  let isHeld = false;
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    if (isHeld) socket.pause();
  });
  return {
    hold() {
      isHeld = true;
      for (const socket of open) socket.pause();
    },
    release() {
      isHeld = false;
      for (const socket of open) socket.resume();
    },
  };
}

/**
 * Until this process has just looked at all its sockets and found nothing new. Whoever the operating system lets in, or
 * whatever it takes on an open connection, between that look and a close is reset unread: right after a quiet turn of
 * the loop that is a fraction of a millisecond, and after a busy one it may be many. A turn lets in one connection.
 */
async function quietMoment(countArrivals: () => number): Promise<void> {
  // The first one still belongs to the present turn, which has looked already.
  await endOfTurn();
  const latest = performance.now() + quietPatienceMs;
  for (let isQuiet = false; !isQuiet && performance.now() < latest; ) {
    const [before, began] = [countArrivals(), performance.now()];
    await endOfTurn();
    isQuiet = countArrivals() === before && performance.now() - began < quietTurnMs;
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
