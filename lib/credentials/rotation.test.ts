import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CredentialId, MerchantId, newMchOrderNo, type PaymentId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { sign } from "@/lib/gateway/signature";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { addCredential } from "./add-credential";
import { addNextSecret } from "./add-next-secret";
import { changeRetireRule } from "./change-credential";
import { NewCredential } from "./credential-input";
import { abortRotation, forceRetireSecret, retireSecret } from "./end-secret";
import { openCredentialNow } from "./open-credential";
import { probePending } from "./probe-pending";
import { goBackToSecret, promoteSecret } from "./promote-secret";
import { readRotation } from "./read-rotation";
import { marksOf } from "./secret-marks";

let world: World;
let admin: Scope;
let operator: Scope;
let app: { mchNo: string; appId: string; secret: string };
let credentialId: CredentialId;

beforeAll(async () => {
  world = await makeWorld();
});
// Each with an application of its own.
beforeEach(async () => {
  const merchant = await world.sandbox.control("merchants", { environment: "test", apps: [{ name: "Till" }] });
  const [made] = merchant["apps"] as { appId: string; secret: string }[];
  app = { mchNo: String(merchant["mchNo"]), appId: String(made?.appId), secret: String(made?.secret) };
  const typed = { ...app, label: "Till", baseUrl: world.sandbox.url, wayCodes: "" };
  const added = await addCredential({ actor: { kind: "script" }, address: null }, "test", NewCredential.parse(typed));
  if (!added.ok) throw new Error(added.error.message);
  credentialId = added.value;
  [admin, operator] = [await world.scopeOf("admin"), await world.scopeOf("operator")];
});
afterAll(() => world.close());

const by = () => ({ scope: admin, address: "203.0.113.9" });
const which = () => ({ credentialId });
const invented = () => new Secret(`sk-invented-${crypto.randomUUID()}-${crypto.randomUUID()}`);

async function gatewayUses(secret: Secret): Promise<void> {
  await world.sandbox.control("apps", { mchNo: app.mchNo, appId: app.appId, secret: secret.reveal() });
}

/** A message that a key signed, about an order that nobody knows: genuine or not, it moves nothing. */
async function told(secret: Secret) {
  const mchOrderNo = newMchOrderNo();
  const { mchNo, appId } = app;
  const fields = { mchNo, appId, mchOrderNo, amount: 100, currency: "HKD", state: 2, reqTime: Date.now() };
  const body = new URLSearchParams(
    Object.entries({ ...fields, sign: sign(fields, secret) }).map(([k, v]) => [k, `${v}`]),
  );
  await deliver(body.toString());
  const [row] = await world.database.sql`
    select authenticity, secret_version as version from notifications where order_no = ${mchOrderNo}`;
  return row?.["authenticity"] === "valid" ? row["version"] : row?.["authenticity"];
}

function deliver(body: string) {
  return receiveNotification({
    ...{ credentialId, kind: "payment", query: "", headers: [], sourceAddress: null },
    ...{ contentType: "application/x-www-form-urlencoded", body: Buffer.from(body) },
  });
}

async function pay(): Promise<PaymentId> {
  const input = {
    credentialId,
    mchOrderNo: newMchOrderNo(),
    wayCode: "WX_QR",
    amount: "12.34",
    subject: "Tea",
    body: "Tea",
  };
  const created = await createPayment(operator, CreatePaymentInput.parse(input));
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

const callsOf = (paymentId: string) =>
  world.database.sql`
    select secret_version as version, answer_secret_version as answered, outcome from gateway_calls
    where payment_id = ${paymentId} order by recorded_at, id`;

const stateOf = async (paymentId: string) =>
  (await world.database.sql`select state from payments where id = ${paymentId}`)[0]?.["state"];

const signing = async () => (await openCredentialNow(credentialId))?.current.version;

async function audited(): Promise<string[]> {
  const rows = await world.database.sql`
    select action, actor from audit_entries where subject = ${`credential:${credentialId}`} order by id`;
  return rows.map(({ action, actor }) => (actor === admin.viewer.personId ? action : `${action} by ${actor}`)).slice(1);
}

test("at each step the right keys verify what comes in, one of them signs, and the audit says who did it", async () => {
  const [old, next] = [new Secret(app.secret), invented()];
  const verifying = async () => ({ old: await told(old), next: await told(next), signs: await signing() });
  expect(await verifying()).toEqual({ old: 1, next: "bad-signature", signs: 1 });

  expect(await addNextSecret(by(), { ...which(), secret: next })).toMatchObject({
    value: { version: 2, outcome: "refused", said: expect.stringContaining("does not take key 2 yet") },
  });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 1 });
  expect(await promoteSecret(by(), which())).toMatchObject({ ok: false, error: { kind: "not-taken" } });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 1 });

  await gatewayUses(next);
  expect(await probePending(by(), which())).toMatchObject({ value: { version: 2, outcome: "taken" } });
  expect(await promoteSecret(by(), which())).toEqual({ ok: true, value: 2 });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 2 });

  const { fingerprint } = marksOf(old);
  expect(await forceRetireSecret(by(), { ...which(), fingerprint })).toEqual({ ok: true, value: 1 });
  expect(await verifying()).toEqual({ old: "bad-signature", next: 2, signs: 2 });
  expect(await audited()).toEqual([
    ...["credential.secret-added", "credential.secret-probed", "credential.secret-probed"],
    ...[
      "credential.secret-probed",
      "credential.secret-probed",
      "credential.secret-promoted",
      "credential.secret-retired",
    ],
  ]);
});

test("a rotation is aborted before its promotion, and what was pending verifies nothing any more", async () => {
  const next = invented();
  await addNextSecret(by(), { ...which(), secret: next });
  expect(await abortRotation(by(), which())).toEqual({ ok: true, value: 2 });
  expect([await told(next), await told(new Secret(app.secret)), await signing()]).toEqual(["bad-signature", 1, 1]);
  expect(await abortRotation(by(), which())).toMatchObject({ error: { kind: "no-pending" } });
  // What was only mistaken for too early may be added again.
  expect(await addNextSecret(by(), { ...which(), secret: next })).toMatchObject({ value: { version: 3 } });
});

test("after a promotion there is a way back for as long as the gateway takes the old key", async () => {
  const [old, next] = [new Secret(app.secret), invented()];
  await addNextSecret(by(), { ...which(), secret: next });
  await gatewayUses(next);
  await promoteSecret(by(), which());
  expect(await goBackToSecret(by(), which())).toMatchObject({ error: { kind: "not-taken" } });
  await gatewayUses(old);
  expect(await goBackToSecret(by(), which())).toEqual({ ok: true, value: 1 });
  expect([await told(next), await told(old), await signing()]).toEqual([2, 1, 1]);
  expect(await goBackToSecret(by(), which())).toMatchObject({ error: { kind: "no-overlap" } });
});

test("when the gateway changes its key unannounced, the refused request goes out once more under the pending one", async () => {
  const next = invented();
  await addNextSecret(by(), { ...which(), secret: next });
  await gatewayUses(next);
  const paymentId = await pay();
  expect(await stateOf(paymentId)).toBe("waiting");
  expect(await callsOf(paymentId)).toEqual([
    { version: 1, answered: null, outcome: "refused" },
    { version: 2, answered: 2, outcome: "ok" },
  ]);
  expect(await signing()).toBe(2);
  expect((await audited()).at(-1)).toBe("credential.secret-promoted by gateway");
  const acts = await world.database.sql`
    select actor, details->>'act' as act from timeline_entries where payment_id = ${paymentId} and kind = 'act' order by id`;
  expect(acts.at(-1)).toEqual({ actor: "gateway", act: "promote-secret" });
  expect((await readRotation(admin, credentialId))?.current).toMatchObject({ version: 2, isSelfPromoted: true });

  const after = await pay();
  expect(await callsOf(after)).toEqual([{ version: 2, answered: 2, outcome: "ok" }]);
});

test("a key that the gateway refuses too is tried once for each call and never promoted", async () => {
  await addNextSecret(by(), { ...which(), secret: invented() });
  await gatewayUses(invented());
  const paymentId = await pay();
  expect((await callsOf(paymentId)).map(({ version, outcome }) => `${version} ${outcome}`)).toEqual([
    "1 refused",
    "2 refused",
  ]);
  expect([await stateOf(paymentId), await signing()]).toEqual(["refused", 1]);
});

test("without a pending key, and for any other refusal, a request goes out once", async () => {
  const next = invented();
  await gatewayUses(next);
  expect(await callsOf(await pay())).toHaveLength(1);
  await gatewayUses(new Secret(app.secret));
  await addNextSecret(by(), { ...which(), secret: next });
  for (const kind of ["not-whitelisted", "wrong-secret", "empty-answer"]) {
    await world.sandbox.control("faults", { kind, mchNo: app.mchNo, operation: "unifiedOrder", times: 1 });
    expect((await callsOf(await pay())).map(({ version }) => version)).toEqual([1]);
  }
  expect(await signing()).toBe(1);
});

test("a process that does not know yet what another one did uses the right key all the same", async () => {
  const shelf = (globalThis as { [key: symbol]: Map<string, unknown> })[Symbol.for("countersign.open-credentials")];
  const remember = async () => {
    await openCredentialNow(credentialId);
    const before = shelf?.get(credentialId);
    return () => shelf?.set(credentialId, { ...(before as object), readAt: Date.now() - 1_000 });
  };
  const [old, next] = [new Secret(app.secret), invented()];
  const beforeAdding = await remember();
  await addNextSecret(by(), { ...which(), secret: next });
  await gatewayUses(next);
  beforeAdding();
  expect(await told(next)).toBe(2);
  beforeAdding();
  const paymentId = await pay();
  expect((await callsOf(paymentId)).map(({ version, outcome }) => `${version} ${outcome}`)).toEqual([
    "1 refused",
    "2 ok",
  ]);

  const beforeRetiring = await remember();
  await forceRetireSecret(by(), { ...which(), fingerprint: marksOf(old).fingerprint });
  beforeRetiring();
  expect(await told(old)).toBe("bad-signature");
  beforeAdding();
  expect((await callsOf(await pay())).map(({ version, outcome }) => `${version} ${outcome}`)).toEqual([
    "1 refused",
    "2 ok",
  ]);
});

test("the old key retires with proof, and what is missing is said in words", async () => {
  const [old, next] = [new Secret(app.secret), invented()];
  await addNextSecret(by(), { ...which(), secret: next });
  await gatewayUses(next);
  await promoteSecret(by(), which());
  const early = await retireSecret(by(), which());
  expect(early).toMatchObject({ error: { kind: "not-proven" } });
  expect(early.ok ? "" : early.error.message).toContain("0 of 20 calls with a validly signed answer under key 2.");
  expect(early.ok ? "" : early.error.message).toContain("0 of 60 minutes without anything under key 1.");

  await changeRetireRule(admin, { ...which(), rule: { calls: 1, notifications: 1, quietMinutes: 60 } }, null);
  await pay();
  await told(next);
  await told(old);
  const rotation = await readRotation(admin, credentialId);
  expect(rotation?.uses.current).toMatchObject({ provenCalls: 1, notifications: 1 });
  expect(rotation?.uses.other).toMatchObject({ calls: 0, notifications: 1 });
  expect(rotation?.proof?.missing).toEqual(["0 of 60 minutes without anything under key 1."]);

  const anHourOn = new Date(Date.now() + 61 * 60_000);
  expect((await readRotation(admin, credentialId, anHourOn))?.proof).toMatchObject({
    isProven: true,
    missing: [],
  });
  await changeRetireRule(admin, { ...which(), rule: { calls: 1, notifications: 1, quietMinutes: 0 } }, null);
  expect(await retireSecret(by(), which())).toEqual({ ok: true, value: 1 });
  expect(await told(old)).toBe("bad-signature");
});

test("a key that leaked retires when its fingerprint is typed, and is never taken again", async () => {
  const [old, next] = [new Secret(app.secret), invented()];
  await addNextSecret(by(), { ...which(), secret: next });
  expect(await addNextSecret(by(), { ...which(), secret: invented() })).toMatchObject({
    error: { kind: "rotation-open" },
  });
  await gatewayUses(next);
  await promoteSecret(by(), which());
  const wrong = await forceRetireSecret(by(), { ...which(), fingerprint: marksOf(next).fingerprint });
  expect(wrong).toMatchObject({ error: { kind: "not-confirmed", fields: { fingerprint: [expect.any(String)] } } });
  expect(await addNextSecret(by(), { ...which(), secret: invented() })).toMatchObject({
    error: { kind: "rotation-open" },
  });
  await forceRetireSecret(by(), { ...which(), fingerprint: marksOf(old).fingerprint });
  expect(await addNextSecret(by(), { ...which(), secret: old })).toMatchObject({ error: { kind: "leaked-secret" } });
  expect(await addNextSecret(by(), { ...which(), secret: next })).toMatchObject({ error: { kind: "same-secret" } });
});

test("nobody of the other environment takes a step, and two who take one at once take it once", async () => {
  const elsewhere = {
    scope: {
      ...admin,
      merchants: [{ ...admin.merchants[0], merchantId: MerchantId.parse(crypto.randomUUID()) }],
    } as Scope,
    address: null,
  };
  const secret = invented();
  await addNextSecret(by(), { ...which(), secret });
  for (const step of [probePending, promoteSecret, abortRotation, retireSecret, goBackToSecret]) {
    expect(await step(elsewhere, which())).toMatchObject({ error: { kind: "unknown-credential" } });
  }
  expect(await addNextSecret(elsewhere, { ...which(), secret })).toMatchObject({
    error: { kind: "unknown-credential" },
  });
  await gatewayUses(secret);
  const results = await Promise.all([1, 2, 3].map(() => promoteSecret(by(), which())));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await audited()).filter((action) => action === "credential.secret-promoted")).toHaveLength(1);
});
