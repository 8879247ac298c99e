import http from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import next from "next";
import { closeDb } from "@/db/client";
import { outliveLostConnections } from "@/db/outlive-lost-connections";
import { notePeerAddresses } from "@/lib/auth/peer-address";
import { SettingError, settings } from "@/lib/config/settings";
import { proveMasterKey } from "@/lib/credentials/prove-master-key";
import { log } from "@/lib/log/log";
import { drainOn } from "./drain";
import { answerNotification } from "./notify-door";

/**
 * The web process: the gateway's messages are answered here, everything else is the framework's. `--host` names the
 * address to listen on; without it, every one of this machine.
 */
async function serve(): Promise<void> {
  const { port } = settings();
  const { values } = parseArgs({ options: { host: { type: "string", short: "H" } } });
  const host = values.host;
  outliveLostConnections((lost) => log.warn(lost, "a connection to the database was lost"));
  notePeerAddresses();
  const server = http.createServer(limits);
  const framework = next({ dev: false, port, ...(host === undefined ? {} : { hostname: host }) });
  // Answers to forms are drawn by a request of the framework to itself, which must not go around by the public address.
  process.env["__NEXT_PRIVATE_ORIGIN"] = `http://${host ?? "localhost"}:${port}`;
  await Promise.all([framework.prepare(), proveMasterKey()]);
  const handle = framework.getRequestHandler();
  server.on("request", (request, response) => {
    if (answerNotification(request, response)) return;
    handle(request, response).catch((error: unknown) => {
      log.error({ error, path: request.url?.split("?")[0] }, "the framework failed at a request");
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end();
    });
  });
  drainOn(["SIGTERM", "SIGINT"], server, async () => {
    await framework.close();
    await closeDb();
    log.info("web stopped");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  log.info({ address: (server.address() as AddressInfo).address, port }, "web started");
}

const limits: http.ServerOptions = {
  // Beyond this, whoever sends a request's first lines or the whole of it is cut off with 408.
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  // Longer than the proxies in front keep an unused connection, so that it is never us who close one they just use.
  keepAliveTimeout: 65_000,
};

try {
  await serve();
} catch (error) {
  const reason = error instanceof SettingError ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
