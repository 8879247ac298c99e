import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { Environment } from "@/lib/domain/environment";
import { MerchantId, newId, PersonId, SessionId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { addCredential } from "./add-credential";
import { addNextSecret } from "./add-next-secret";
import { changeCredential, setCredentialActive } from "./change-credential";
import { NewCredential } from "./credential-input";
import { openCredential } from "./open-credential";
import { seal } from "./seal";

const by = { actor: { kind: "script" }, address: null } as const;
const notFound = JSON.stringify({ code: 9999, msg: "订单不存在" });
let database: TestDatabase;
let gateway: Server;
let baseUrl: string;
let reply: { status: number; body: string };
let meeting: { arrive: () => Promise<void> } | null = null;
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
  gateway = createServer((request, response) => {
    request.resume().on("end", async () => {
      await meeting?.arrive();
      response.writeHead(reply.status, { "content-type": "application/json" }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});

afterAll(async () => {
  gateway.close();
  await database.close();
});

beforeEach(() => {
  reply = { status: 200, body: notFound };
  meeting = null;
});

function newSet(changes: Partial<Record<keyof NewCredential, string>> = {}): NewCredential {
  count += 1;
  const typed = {
    label: "Counter",
    baseUrl,
    mchNo: "M1",
    appId: `app${count}`,
    secret: inventedSecret(),
    wayCodes: "",
  };
  return NewCredential.parse({ ...typed, ...changes });
}

function inventedSecret(): string {
  return `invented-${crypto.randomUUID()}`;
}

async function added(environment: Environment, set = newSet()) {
  const result = await addCredential(by, environment, set);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function scopeOf(environment: Environment): Promise<Scope> {
  const rows = await database.sql`select merchant_id, mch_no, label from merchants where environment = ${environment}`;
  const merchants = rows.map((row) => ({
    merchantId: MerchantId.parse(row["merchant_id"]),
    mchNo: row["mch_no"],
    label: row["label"],
  }));
  const viewer = {
    personId: newId(PersonId),
    sessionId: newId(SessionId),
    name: "A",
    email: "a@x.example",
    role: "admin",
  };
  return { viewer, environment, merchants } as unknown as Scope;
}

test("a credential that the gateway knows is stored and can sign", async () => {
  const set = newSet({ wayCodes: "wx_qr, ALI_QR wx_qr" });
  const id = await added("test", set);
  const open = await openCredential(id);
  expect(open).toMatchObject({ environment: "test", mchNo: "M1", appId: set.appId, wayCodes: ["WX_QR", "ALI_QR"] });
  expect(open?.current.secret.reveal()).toBe(set.secret.reveal());
  expect(open?.verifying).toHaveLength(1);
});

describe("nothing is stored when the gateway does not prove it:", () => {
  test.each([
    ["wrong secret", { status: 200, body: JSON.stringify({ code: 9999, msg: "验签失败" }) }, "secret"],
    ["unknown merchant", { status: 200, body: JSON.stringify({ code: 9999, msg: "商户或商户应用不存在" }) }, "appId"],
    ["a web page", { status: 200, body: "<html>Welcome</html>" }, "baseUrl"],
    ["a redirect", { status: 302, body: "" }, "baseUrl"],
    ["an error page", { status: 502, body: "" }, "baseUrl"],
    ["an answer without a signature", { status: 200, body: JSON.stringify({ code: 0, data: { state: 2 } }) }, "secret"],
  ])("%s", async (_, answer, field) => {
    reply = answer;
    const set = newSet();
    const result = await addCredential(by, "test", set);
    expect(result.ok ? {} : result.error.fields).toHaveProperty(field);
    expect(await database.sql`select 1 from credentials where app_id = ${set.appId}`).toHaveLength(0);
    expect(JSON.stringify(result)).not.toContain(set.secret.reveal());
  });

  test("nobody listens", async () => {
    const result = await addCredential(by, "test", newSet({ baseUrl: "http://127.0.0.1:1" }));
    expect(result.ok ? {} : result.error.fields).toHaveProperty("baseUrl");
  });
});

test("one secret cannot serve both environments", async () => {
  const secret = inventedSecret();
  await added("test", newSet({ secret }));
  const refused = await addCredential(by, "production", newSet({ secret }));
  expect(refused).toMatchObject({ ok: false, error: { kind: "secret-of-other-environment" } });
  expect(await addCredential(by, "test", newSet({ secret }))).toMatchObject({ ok: true });
});

test("the same application at the same address is stored once", async () => {
  const set = newSet();
  await added("test", set);
  expect(await addCredential(by, "test", set)).toMatchObject({ ok: false, error: { kind: "credential-exists" } });
});

test("the same merchant number in two environments is two merchants", async () => {
  const [one, two] = [await openCredential(await added("test")), await openCredential(await added("production"))];
  expect(one?.mchNo).toBe(two?.mchNo);
  expect(one?.merchantId).not.toBe(two?.merchantId);
});

test("every change is in the audit, and no secret is anywhere in the database", async () => {
  const set = newSet();
  const id = await added("test", set);
  const scope = await scopeOf("test");
  const next = new Secret(inventedSecret());
  await changeCredential(scope, { credentialId: id, label: "Till", wayCodes: ["WX_QR"] }, "203.0.113.9");
  await setCredentialActive(scope, { credentialId: id, isActive: false }, null);
  await setCredentialActive(scope, { credentialId: id, isActive: true }, null);
  await addNextSecret({ scope, address: null }, { credentialId: id, secret: next });
  const entries =
    await database.sql`select action, environment, actor, address, details from audit_entries where subject = ${`credential:${id}`} order by id`;
  expect(entries.map((entry) => entry["action"])).toEqual([
    ...["credential.added", "credential.changed", "credential.deactivated", "credential.activated"],
    ...["credential.secret-added", "credential.secret-probed"],
  ]);
  expect(entries[0]).toMatchObject({ actor: "script", environment: "test" });
  expect(entries[1]).toMatchObject({
    actor: scope.viewer.personId,
    address: "203.0.113.9",
    details: { label: "Till" },
  });
  const tables = await Promise.all(
    ["audit_entries", "credentials", "merchants"].map((table) => database.sql`select * from ${database.sql(table)}`),
  );
  expect(JSON.stringify(tables)).not.toContain(set.secret.reveal());
  expect(JSON.stringify(tables)).not.toContain(next.reveal());
});

test("of two who store one secret in both environments at once, one is refused", async () => {
  const secret = inventedSecret();
  meeting = meetingOf(2);
  const results = await Promise.all(
    (["test", "production"] as const).map((environment) => addCredential(by, environment, newSet({ secret }))),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { kind: "secret-of-other-environment" } });
});

test("the next key of a credential is not one of the other environment", async () => {
  const secret = inventedSecret();
  await added("production", newSet({ secret }));
  const credentialId = await added("test");
  const step = { scope: await scopeOf("test"), address: null };
  expect(await addNextSecret(step, { credentialId, secret: new Secret(secret) })).toMatchObject({
    error: { kind: "secret-of-other-environment", fields: { secret: [expect.any(String)] } },
  });
  expect((await openCredential(credentialId))?.verifying).toHaveLength(1);
});

/** Nobody goes on before all have come. */
function meetingOf(size: number) {
  let arrived = 0;
  let resolve = () => {};
  const promise = new Promise<void>((all) => {
    resolve = all;
  });
  return {
    arrive: () => {
      arrived += 1;
      if (arrived === size) resolve();
      return promise;
    },
  };
}

test("a credential of the other environment cannot be reached", async () => {
  const id = await added("production");
  const scope = await scopeOf("test");
  const results = await Promise.all([
    changeCredential(scope, { credentialId: id, label: "x", wayCodes: [] }, null),
    setCredentialActive(scope, { credentialId: id, isActive: false }, null),
  ]);
  for (const result of results) expect(result).toMatchObject({ ok: false, error: { kind: "unknown-credential" } });
  expect(await openCredential(id)).toMatchObject({ isActive: true, label: "Counter" });
});

test("a secret that was copied from one row to another does not open", async () => {
  const [one, two] = [await added("test"), await added("test")];
  await database.sql`
    update credential_secrets set (sealed, wrapped_key) = (select sealed, wrapped_key from credential_secrets where credential_id = ${one})
    where credential_id = ${two}`;
  await expect(openCredential(two, Date.now() + 60_000)).rejects.toThrow("does not open");
});

test("made-up ids find nothing, and a credential that appears later is found when the answer has aged", async () => {
  const now = Date.now();
  expect(await openCredential("not-an-id", now)).toBeNull();
  const { id, merchantId } = await withoutSecret();
  expect(await openCredential(id, now)).toBeNull();
  const place = { merchantId, credentialId: id, version: 1 };
  const { sealed, wrappedKey } = seal(new Secret("invented-secret"), place);
  await database.sql`insert into credential_secrets (merchant_id, credential_id, version, sealed, wrapped_key, fingerprint, last_four, length, stage)
    values (${merchantId}, ${id}, 1, ${sealed}, ${wrappedKey}, 'aaaaaaaa', '', 15, 'current')`;
  expect(await openCredential(id, now + 4_999)).toBeNull();
  expect(await openCredential(id, now + 5_000)).toMatchObject({ id });
});

async function withoutSecret() {
  const id = await added("test");
  const merchantId = MerchantId.parse(
    (await database.sql`select merchant_id from credentials where id = ${id}`)[0]?.["merchant_id"],
  );
  await database.sql`delete from credential_secrets where credential_id = ${id}`;
  return { id, merchantId };
}
