import http from "node:http";
import { drainOn } from "../drain";

/**
 * A server that is stopped like the web process: each request is answered after a while, so that a stop always meets some
 * in the middle, and `/stream` never comes to an end by itself. Says its port, and what it counted at the end.
 */
const counts = { taken: 0, finished: 0 };
const server = http.createServer((request, response) => {
  if (request.url === "/stream") {
    response.setHeader("content-type", "text/event-stream").write("data: one\n\n");
    return;
  }
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
