import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listAlerts } from "@/db/queries/alerts";
import { watchAlerts } from "@/lib/alerts/watch-alerts";
import { inventedSecret, openRotatingTill, type RotatingTill } from "@/lib/testing/rotating-till";
import { makeWorld, type World } from "@/lib/testing/world";
import { addNextSecret } from "./add-next-secret";
import { forceRetireSecret } from "./end-secret";
import { openCredentialNow } from "./open-credential";
import { readRotation } from "./read-rotation";
import { marksOf } from "./secret-marks";

let world: World;
let till: RotatingTill;

beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  till = await openRotatingTill(world);
});
afterAll(() => world.close());

test("when the gateway changes its key unannounced, the refused request goes out once more under the pending one", async () => {
  const next = inventedSecret();
  await addNextSecret(till.by, { ...till.which, secret: next });
  await till.gatewayUses(next);
  const paymentId = await till.pay();
  expect(await till.stateOf(paymentId)).toBe("waiting");
  expect(await till.callsOf(paymentId)).toEqual(["1 refused", "2 ok, answered 2"]);
  expect(await till.signing()).toBe(2);
  expect((await till.audited()).at(-1)).toBe("credential.secret-promoted by gateway");
  const acts = await world.database.sql`
    select actor, details->>'act' as act from timeline_entries where payment_id = ${paymentId} and kind = 'act' order by id`;
  expect(acts.at(-1)).toEqual({ actor: "gateway", act: "promote-secret" });
  expect((await readRotation(till.admin, till.credentialId))?.current).toMatchObject({
    version: 2,
    isSelfPromoted: true,
  });

  const alerts = async () => {
    await watchAlerts();
    return (await listAlerts(till.admin)).open.filter(({ subject }) => subject === till.credentialId);
  };
  expect(await alerts()).toMatchObject([{ rule: "key-switched", facts: { version: 2, before: 1 } }]);
  await forceRetireSecret(till.by, { ...till.which, fingerprint: marksOf(till.first).fingerprint });
  expect(await alerts()).toEqual([]);

  const after = await till.pay();
  expect(await till.callsOf(after)).toEqual(["2 ok, answered 2"]);
});

test("a key that the gateway refuses too is tried once for each call and never promoted", async () => {
  await addNextSecret(till.by, { ...till.which, secret: inventedSecret() });
  await till.gatewayUses(inventedSecret());
  const paymentId = await till.pay();
  expect(await till.callsOf(paymentId)).toEqual(["1 refused", "2 refused"]);
  expect([await till.stateOf(paymentId), await till.signing()]).toEqual(["refused", 1]);
});

test("without a pending key, and for any other refusal, a request goes out once", async () => {
  const next = inventedSecret();
  await till.gatewayUses(next);
  expect(await till.callsOf(await till.pay())).toHaveLength(1);
  await till.gatewayUses(till.first);
  await addNextSecret(till.by, { ...till.which, secret: next });
  for (const kind of ["not-whitelisted", "wrong-secret", "empty-answer"]) {
    await world.sandbox.control("faults", { kind, mchNo: till.mchNo, operation: "unifiedOrder", times: 1 });
    expect(await till.callsOf(await till.pay())).toEqual([expect.stringMatching(/^1 /)]);
  }
  expect(await till.signing()).toBe(1);
});

test("a process that does not know yet what another one did uses the right key all the same", async () => {
  const shelf = (globalThis as { [key: symbol]: Map<string, unknown> })[Symbol.for("countersign.open-credentials")];
  const remember = async () => {
    await openCredentialNow(till.credentialId);
    const before = shelf?.get(till.credentialId);
    return () => shelf?.set(till.credentialId, { ...(before as object), readAt: Date.now() - 1_000 });
  };
  const [old, next] = [till.first, inventedSecret()];
  const beforeAdding = await remember();
  await addNextSecret(till.by, { ...till.which, secret: next });
  await till.gatewayUses(next);
  beforeAdding();
  expect(await till.told(next)).toBe(2);
  beforeAdding();
  const paymentId = await till.pay();
  expect(await till.callsOf(paymentId)).toEqual(["1 refused", "2 ok, answered 2"]);

  const beforeRetiring = await remember();
  await forceRetireSecret(till.by, { ...till.which, fingerprint: marksOf(old).fingerprint });
  beforeRetiring();
  expect(await till.told(old)).toBe("bad-signature");
  beforeAdding();
  expect(await till.callsOf(await till.pay())).toEqual(["1 refused", "2 ok, answered 2"]);
});
