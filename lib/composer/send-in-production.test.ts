import { afterAll, beforeAll, expect, test } from "vitest";
import { openCredential } from "@/lib/credentials/open-credential";
import type { Scope } from "@/lib/domain/viewer";
import { sign } from "@/lib/gateway/signature";
import { makeWorld, type World } from "@/lib/testing/world";
import { sendComposed } from "./send-composed";
import type { Composition } from "./write-request";

let world: World;
let scope: Scope;

beforeAll(async () => {
  world = await makeWorld("production");
  scope = await world.scopeOf("admin");
});

afterAll(async () => world.close());

function send(operation: string, composition: Composition) {
  return sendComposed(scope, { operation, credentialId: world.credentialId, composition }, null);
}

const inFields = (values: Record<string, string>): Composition => ({ by: "fields", encoding: "json", values });

async function sentCount(): Promise<unknown> {
  const [row] = await world.database.sql`
    select (select count(*) from gateway_calls where composed_by is not null)::int as calls,
      (select count(*) from audit_entries where action = 'composer.sent')::int as noted`;
  return row;
}

test("whatever changes something, and whatever is written freely, is not sent and signs nothing", async () => {
  const before = await sentCount();
  for (const operation of ["unifiedOrder", "close", "cancel", "refundOrder", "transferOrder", "divisionExec"]) {
    const refused = await send(operation, inFields({ mchOrderNo: "A1" }));
    expect(refused, operation).toMatchObject({ ok: false, error: { kind: "operation-not-offered" } });
  }
  for (const by of ["signed", "as-is"] as const) {
    const refused = await send("query", { by, encoding: "json", body: '{"mchOrderNo":"A1"}' });
    expect(refused, by).toMatchObject({ ok: false, error: { kind: "fields-only" } });
  }
  expect(await sentCount()).toEqual(before);
});

test.each([
  ["a second field", "A1&refundAmount=100"],
  ["a key", "A1&key=x"],
  ["nothing at all", ""],
  ["a line break", "A1\n"],
  ["more than a number has", "A".repeat(65)],
])("a number that holds %s is refused at its field", async (_, mchOrderNo) => {
  const refused = await send("query", inFields({ mchOrderNo }));
  expect(refused).toMatchObject({
    ok: false,
    error: { kind: "wrong-number", fields: { "f.mchOrderNo": [expect.any(String)] } },
  });
});

test("a question is signed, answered and kept, and its signature comes back from nowhere", async () => {
  const result = await send("query", inFields({ mchOrderNo: "A1", amount: "100", subject: "text of one's own" }));
  if (!result.ok) throw new Error(result.error.message);
  const { call, explanation } = result.value;
  expect(explanation.translation?.english).toBe("The order does not exist");
  expect(Object.keys(call.requestFields).sort()).toEqual([
    "appId",
    "mchNo",
    "mchOrderNo",
    "reqTime",
    "signType",
    "version",
  ]);
  const credential = await openCredential(world.credentialId);
  const made = sign({ ...call.requestFields }, credential?.current.secret ?? "");
  const [row] = await world.database
    .sql`select row_to_json(c)::text as kept from gateway_calls c where id = ${call.id}`;
  for (const text of [JSON.stringify(result.value), String(row?.["kept"])]) {
    expect(text).not.toContain(made);
    expect(text).not.toContain(credential?.current.secret.reveal());
  }
  expect(call).toMatchObject({ sentSign: "", sentBody: null });
});
