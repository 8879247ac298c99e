import fs from "node:fs";
import http from "node:http";
import { drainOn } from "../drain";

/**
 * A server that is stopped like the web process: each request is answered after a while, so that a stop always meets some
 * in the middle, and `/stream` never comes to an end by itself. `/busy` makes it stand still at once, `/busy-later` half a
 * second after it was told to stop, until its parent says something. Says its port, and what it counted at the end.
 */
const counts = { taken: 0, finished: 0 };
const server = http.createServer((request, response) => {
  if (request.url === "/stream") {
    response.setHeader("content-type", "text/event-stream").write("data: one\n\n");
    return;
  }
  if (request.url === "/busy") standStill();
  // Right before the loop comes to its timers, of which one may be over by then.
  if (request.url === "/busy-later") process.once("SIGTERM", () => setTimeout(setImmediate, 500, standStill, 600));
  counts.taken += 1;
  request.resume();
  request.once("end", () => {
    setTimeout(() => {
      response.writeHead(200, { "content-length": 7 }).end("success");
    }, 30);
  });
});
drainOn(["SIGTERM"], server, async () => {
  counts.finished += 1;
  process.send?.(counts);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));

/** What comes in meanwhile waits in the operating system. */
function standStill(milliseconds = 0): void {
  process.send?.("still");
  fs.readSync(0, Buffer.alloc(1));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
