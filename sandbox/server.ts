import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cashier, codeImage } from "./cashier";
import { controlApi } from "./control-api";
import { controlForm } from "./control-form";
import { controlPage } from "./control-page";
import { type Gateway, openGateway } from "./gateway";
import { htmlReply, type Incoming, jsonReply, type Reply, readIncoming, redirectReply, writeReply } from "./http";
import { callOperation, operationAt } from "./protocol";

export type RunningSandbox = { url: string; gateway: Gateway; close(): Promise<void> };

/** Opens the state and listens on this machine only. With port 0 the system chooses one. */
export async function startSandbox({ port, folder }: { port: number; folder: string }): Promise<RunningSandbox> {
  // Longer than any caller keeps a connection unused: otherwise a call may meet one that is just being closed.
  const server = createServer({ keepAliveTimeout: 65_000 });
  let opening: Promise<Gateway> | null = null;
  server.on("request", async (request, response) => {
    const gateway = await opening;
    if (gateway !== null) await serve(gateway, { request, response, port: listeningOn });
  });
  // The port comes first: it keeps a second sandbox away from the same state.
  const listeningOn = await listen(server, port);
  opening = openGateway(folder);
  const gateway = await opening.catch((error: unknown) => {
    server.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${listeningOn}`,
    gateway,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await gateway.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

type Exchange = { request: IncomingMessage; response: ServerResponse; port: number };

async function serve(gateway: Gateway, { request, response, port }: Exchange): Promise<void> {
  try {
    const incoming = await readIncoming(request, port);
    const reply = incoming === null ? tooLong : await route(gateway, incoming);
    writeReply(response, reply);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    console.error("The sandbox failed to answer:", error);
    if (!response.headersSent) writeReply(response, { status: 500, type: "text/plain", body: "The sandbox failed." });
  }
}

const tooLong: Reply = { status: 413, type: "text/plain", body: "The body is too long." };
const notFound: Reply = { status: 404, type: "text/plain", body: "Not found" };
const cashierPath = /^\/cashier\/([0-9a-f]{32})$/;
const imagePath = /^\/api\/scan\/imgs\/([0-9a-f]{32})\.png$/;

async function route(gateway: Gateway, incoming: Incoming): Promise<Reply> {
  const { path, method } = incoming;
  const operation = operationAt(gateway, path);
  if (operation !== null) return callOperation(gateway, operation, incoming);
  const image = imagePath.exec(path)?.[1];
  if (image !== undefined) return codeImage(gateway, image, incoming);
  const token = cashierPath.exec(path)?.[1];
  if (token !== undefined) return cashier(gateway, token, incoming);
  if (path === "/") return redirectReply("/control");
  if (path !== "/control" && !path.startsWith("/control/")) return notFound;
  if (!isFromHere(incoming)) return jsonReply({ error: "The controls answer to this machine only." }, 403);
  if (path !== "/control") return controlApi(gateway, incoming);
  if (method !== "POST") return htmlReply(controlPage(gateway, null));
  const problem = await controlForm(gateway, incoming.body);
  return problem === null ? redirectReply("/control", 303) : htmlReply(controlPage(gateway, problem), 400);
}

const localName = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?$/;

/** Secrets and switches must not be within reach of a page of some other site that runs in a browser here. */
function isFromHere({ host, origin, callerIp }: Incoming): boolean {
  const isLocal = callerIp === "127.0.0.1" || callerIp === "::1";
  return isLocal && localName.test(host) && (origin === null || origin === `http://${host}`);
}
