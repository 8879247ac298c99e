import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addCredential } from "@/lib/credentials/add-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import type { Environment } from "@/lib/domain/environment";
import { type CredentialId, newId, PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { receiveNotification } from "@/lib/notifications/receive-notification";

/** A database, a sandbox gateway in a process of its own, and a notify address that answers: for tests of use cases. */
export type World = {
  database: TestDatabase;
  sandbox: Sandbox;
  credentialId: CredentialId;
  scopeOf: (role: Role) => Promise<Scope>;
  close: () => Promise<void>;
};

export type Sandbox = {
  url: string;
  /** Calls the sandbox's control API; see `sandbox/control-api.ts`. Throws what it complains about. */
  control: (path: string, body?: object) => Promise<Record<string, unknown>>;
  clearFaults: () => Promise<void>;
};

export async function makeWorld(environment: Environment = "test"): Promise<World> {
  const inbox = await listenForNotifications();
  process.env["PUBLIC_URL"] = `http://127.0.0.1:${portOf(inbox)}`;
  const database = await testDatabase();
  const { sandbox, stop } = await startSandbox();
  const credentialId = await addSandboxCredential(sandbox, environment);
  return {
    database,
    sandbox,
    credentialId,
    scopeOf: (role) => scopeOf(database, environment, role),
    close: async () => {
      await stop();
      inbox.closeAllConnections();
      inbox.close();
      await database.close();
    },
  };
}

async function listenForNotifications(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, , , credentialId = "", kind = ""] = new URL(request.url ?? "/", "http://localhost").pathname.split("/");
    const reply = await receiveNotification({
      credentialId,
      kind,
      query: "",
      contentType: request.headers["content-type"] ?? null,
      headers: [],
      sourceAddress: request.socket.remoteAddress ?? null,
      body: Buffer.concat(chunks),
    });
    response.writeHead(reply.status, { "content-type": "text/plain" }).end(reply.reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function startSandbox(): Promise<{ sandbox: Sandbox; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-sandbox-"));
  const env: NodeJS.ProcessEnv = { ...process.env, SANDBOX_PORT: "0", DATA_DIR: folder, NODE_ENV: "test" };
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressPrintedBy(child.stdout);
  const control = async (path: string, body?: object) => {
    const init = body
      ? { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }
      : {};
    const response = await fetch(`${url}/control/${path}`, init);
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path}: ${String(answer["error"])}`);
    return answer;
  };
  const clearFaults = async () => {
    await fetch(`${url}/control/faults`, { method: "DELETE" });
  };
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { sandbox: { url, control, clearFaults }, stop };
}

async function addressPrintedBy(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const found = /http:\/\/\S+?:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("The sandbox ended before it said where it listens.");
}

/** A credential for an application of the sandbox that takes every way code. */
async function addSandboxCredential(sandbox: Sandbox, environment: Environment): Promise<CredentialId> {
  const merchant = await sandbox.control("merchants", { environment, apps: [{ name: "Counter" }] });
  const [app] = merchant["apps"] as { appId: string; secret: string }[];
  const added = await addCredential(
    { actor: { kind: "script" }, address: null },
    environment,
    NewCredential.parse({
      label: "Counter",
      baseUrl: sandbox.url,
      mchNo: merchant["mchNo"],
      appId: app?.appId,
      secret: app?.secret,
      wayCodes: "",
    }),
  );
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

/** What `lib/auth` would make of a signed-in person. */
async function scopeOf(database: TestDatabase, environment: Environment, role: Role): Promise<Scope> {
  const personId = newId(PersonId);
  await database.sql`insert into people (id, email, name, role) values (${personId}, ${`${personId}@example.test`}, 'Mei Lam', ${role})`;
  const merchants = await database.sql`
    select merchant_id as "merchantId", mch_no as "mchNo", label from merchants where environment = ${environment}`;
  const viewer = { personId, sessionId: newId(SessionId), name: "Mei Lam", email: "", role };
  return { viewer, environment, merchants } as unknown as Scope;
}
