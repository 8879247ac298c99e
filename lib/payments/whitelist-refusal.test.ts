import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findCall } from "@/db/queries/call-page";
import { probeCredential } from "@/lib/credentials/probe-credential";
import { GatewayCallId, newMchOrderNo, type PaymentId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { makeWorld, type World } from "@/lib/testing/world";
import { CreatePaymentInput, createPayment } from "./create-payment";
import { explainCall, translationOf } from "./explain-call";

let world: World;
let operator: Scope;

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
});
afterEach(() => world.sandbox.clearFaults());
afterAll(() => world.close());

const ways = [
  ["as a web page with 403", {}],
  ["in the protocol's own form", { force: true }],
] as const;

async function pay(): Promise<PaymentId> {
  const input = { mchOrderNo: newMchOrderNo(), wayCode: "WX_QR", amount: "12.34", subject: "Tea", body: "Green tea" };
  const created = await createPayment(operator, CreatePaymentInput.parse(input));
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}

test.each(ways)(
  "a gateway that knows our address from no list says so %s, and payment and call both say it",
  async (_, how) => {
    await world.sandbox.control("faults", { kind: "not-whitelisted", ...how });
    const id = await pay();
    const [payment] = await world.database.sql`select state, err_msg from payments where id = ${id}`;
    // Words that nobody has published prove nothing.
    expect(payment?.["state"]).toBe("unclear");
    expect(translationOf(payment?.["err_msg"])).toMatchObject({
      english: expect.stringMatching(/IP whitelist, which names our address as (127\.0\.0\.1|::1)$/),
      advice: expect.stringContaining("Put the address that we call from on the gateway's IP whitelist"),
    });
    const [kept] = await world.database.sql`
    select id from gateway_calls where payment_id = ${id} and operation = 'unifiedOrder'`;
    const call = await findCall(operator, GatewayCallId.parse(kept?.["id"]));
    if (!call) throw new Error("the call was not kept");
    expect(explainCall(call).translation?.english).toMatch(/looks like a refusal by the gateway's IP whitelist/);
  },
);

test.each(ways)("the check of a new credential says so %s, and saves nothing", async (_, how) => {
  await world.sandbox.control("faults", { kind: "not-whitelisted", ...how });
  const [credential] = await world.database.sql`
    select mch_no, app_id, base_url from credentials join merchants using (merchant_id) limit 1`;
  const probed = await probeCredential({
    baseUrl: String(credential?.["base_url"]),
    mchNo: String(credential?.["mch_no"]),
    appId: String(credential?.["app_id"]),
    // Invented; whoever is on no list is turned away before it is looked at.
    secret: new Secret("0123456789abcdef".repeat(8)),
    encoding: "json",
  });
  expect(probed).toMatchObject({ ok: false, error: { kind: "probe-unclear" } });
  expect(probed.ok ? "" : probed.error.message).toMatch(/^Nothing was saved\..*IP whitelist.*Put the address/s);
});

test("another page with another status is not taken for one", async () => {
  await world.sandbox.control("faults", { kind: "status-answer", status: 502 });
  const id = await pay();
  const [payment] = await world.database.sql`select err_msg from payments where id = ${id}`;
  expect(payment?.["err_msg"]).toBe("The address answered HTTP 502 instead of 200.");
});
