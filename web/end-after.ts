import type http from "node:http";

const patienceMs = 1_000;
const mostIgnoredBytes = 1_048_576;
/** Whoever sends less than that at a time does it to keep us busy, and is heard no longer than so many times. */
const crumbBytes = 64;
const mostCrumbs = 16;

/**
 * Ends an answer whose request is not read to its end, and with it the connection. For a moment what still comes is
 * thrown away: a connection that is closed on somebody who is sending is reset, and the answer is lost with it.
 */
export function endAfter(request: http.IncomingMessage, response: http.ServerResponse): void {
  let ignored = 0;
  let crumbs = 0;
  const end = () => {
    clearTimeout(clock);
    response.end();
  };
  const clock = setTimeout(end, patienceMs);
  request.on("data", (piece: Buffer) => {
    ignored += piece.length;
    if (piece.length < crumbBytes) crumbs += 1;
    if (ignored > mostIgnoredBytes || crumbs > mostCrumbs) end();
  });
  request.on("end", end);
  request.on("close", () => clearTimeout(clock));
  request.resume();
}
