import http from "node:http";
import { closeDb } from "@/db/client";
import { outliveLostConnections } from "@/db/outlive-lost-connections";
import { settings } from "@/lib/config/settings";
import { drainOn } from "../drain";
import { answerNotification } from "../notify-door";

/**
 * The web process without the framework: what the gateway meets of it, and how it ends. It starts in a moment, needs no
 * build, and says that it listens.
 */
outliveLostConnections(({ code, query }) => process.stderr.write(`a connection was lost: ${code} at ${query}\n`));
const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (answerNotification(request, response)) return;
  request.resume();
  response.writeHead(404).end();
});
drainOn(["SIGTERM", "SIGINT"], server, closeDb);
server.listen(settings().port, "127.0.0.1", () => process.send?.("listening"));
