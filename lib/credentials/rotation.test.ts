import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MerchantId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { inventedSecret, openRotatingTill, type RotatingTill } from "@/lib/testing/rotating-till";
import { makeWorld, type World } from "@/lib/testing/world";
import { addNextSecret } from "./add-next-secret";
import { changeRetireRule } from "./change-credential";
import { abortRotation, forceRetireSecret, retireSecret } from "./end-secret";
import { probePending } from "./probe-pending";
import { goBackToSecret, promoteSecret } from "./promote-secret";
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

test("at each step the right keys verify what comes in, one of them signs, and the audit says who did it", async () => {
  const [old, next] = [till.first, inventedSecret()];
  const verifying = async () => ({
    old: await till.told(old),
    next: await till.told(next),
    signs: await till.signing(),
  });
  expect(await verifying()).toEqual({ old: 1, next: "bad-signature", signs: 1 });

  expect(await addNextSecret(till.by, { ...till.which, secret: next })).toMatchObject({
    value: { version: 2, outcome: "refused", said: expect.stringContaining("does not take key 2 yet") },
  });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 1 });
  expect(await promoteSecret(till.by, till.which)).toMatchObject({ ok: false, error: { kind: "not-taken" } });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 1 });

  await till.gatewayUses(next);
  expect(await probePending(till.by, till.which)).toMatchObject({ value: { version: 2, outcome: "taken" } });
  expect(await promoteSecret(till.by, till.which)).toEqual({ ok: true, value: 2 });
  expect(await verifying()).toEqual({ old: 1, next: 2, signs: 2 });

  const { fingerprint } = marksOf(old);
  expect(await forceRetireSecret(till.by, { ...till.which, fingerprint })).toEqual({ ok: true, value: 1 });
  expect(await verifying()).toEqual({ old: "bad-signature", next: 2, signs: 2 });
  expect(await till.audited()).toEqual([
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
  const next = inventedSecret();
  await addNextSecret(till.by, { ...till.which, secret: next });
  expect(await abortRotation(till.by, till.which)).toEqual({ ok: true, value: 2 });
  expect([await till.told(next), await till.told(till.first), await till.signing()]).toEqual(["bad-signature", 1, 1]);
  expect(await abortRotation(till.by, till.which)).toMatchObject({ error: { kind: "no-pending" } });
  // What was only mistaken for too early may be added again.
  expect(await addNextSecret(till.by, { ...till.which, secret: next })).toMatchObject({ value: { version: 3 } });
});

test("after a promotion there is a way back for as long as the gateway takes the old key", async () => {
  const [old, next] = [till.first, inventedSecret()];
  await addNextSecret(till.by, { ...till.which, secret: next });
  await till.gatewayUses(next);
  await promoteSecret(till.by, till.which);
  expect(await goBackToSecret(till.by, till.which)).toMatchObject({ error: { kind: "not-taken" } });
  await till.gatewayUses(old);
  expect(await goBackToSecret(till.by, till.which)).toEqual({ ok: true, value: 1 });
  expect([await till.told(next), await till.told(old), await till.signing()]).toEqual([2, 1, 1]);
  expect(await goBackToSecret(till.by, till.which)).toMatchObject({ error: { kind: "no-overlap" } });
});

test("the old key retires with proof, and what is missing is said in words", async () => {
  const [old, next] = [till.first, inventedSecret()];
  await addNextSecret(till.by, { ...till.which, secret: next });
  await till.gatewayUses(next);
  await promoteSecret(till.by, till.which);
  const early = await retireSecret(till.by, till.which);
  expect(early).toMatchObject({ error: { kind: "not-proven" } });
  expect(early.ok ? "" : early.error.message).toContain("0 of 20 calls with a validly signed answer under key 2.");
  expect(early.ok ? "" : early.error.message).toContain("0 of 60 minutes without anything under key 1.");

  await changeRetireRule(till.admin, { ...till.which, rule: { calls: 1, notifications: 1, quietMinutes: 60 } }, null);
  await till.pay();
  await till.told(next);
  await till.told(old);
  const rotation = await readRotation(till.admin, till.credentialId);
  expect(rotation?.uses.current).toMatchObject({ provenCalls: 1, notifications: 1 });
  expect(rotation?.uses.other).toMatchObject({ calls: 0, notifications: 1 });
  expect(rotation?.proof?.missing).toEqual(["0 of 60 minutes without anything under key 1."]);

  const anHourOn = new Date(Date.now() + 61 * 60_000);
  expect((await readRotation(till.admin, till.credentialId, anHourOn))?.proof).toMatchObject({
    isProven: true,
    missing: [],
  });
  await changeRetireRule(till.admin, { ...till.which, rule: { calls: 1, notifications: 1, quietMinutes: 0 } }, null);
  expect(await retireSecret(till.by, till.which)).toEqual({ ok: true, value: 1 });
  expect(await till.told(old)).toBe("bad-signature");
});

test("a key that leaked retires when its fingerprint is typed, and is never taken again", async () => {
  const [old, next] = [till.first, inventedSecret()];
  await addNextSecret(till.by, { ...till.which, secret: next });
  expect(await addNextSecret(till.by, { ...till.which, secret: inventedSecret() })).toMatchObject({
    error: { kind: "rotation-open" },
  });
  await till.gatewayUses(next);
  await promoteSecret(till.by, till.which);
  const wrong = await forceRetireSecret(till.by, { ...till.which, fingerprint: marksOf(next).fingerprint });
  expect(wrong).toMatchObject({ error: { kind: "not-confirmed", fields: { fingerprint: [expect.any(String)] } } });
  expect(await addNextSecret(till.by, { ...till.which, secret: inventedSecret() })).toMatchObject({
    error: { kind: "rotation-open" },
  });
  await forceRetireSecret(till.by, { ...till.which, fingerprint: marksOf(old).fingerprint });
  expect(await addNextSecret(till.by, { ...till.which, secret: old })).toMatchObject({
    error: { kind: "leaked-secret" },
  });
  expect(await addNextSecret(till.by, { ...till.which, secret: next })).toMatchObject({
    error: { kind: "same-secret" },
  });
});

test("nobody of the other environment takes a step, and two who take one at once take it once", async () => {
  const elsewhere = {
    scope: {
      ...till.admin,
      merchants: [{ ...till.admin.merchants[0], merchantId: MerchantId.parse(crypto.randomUUID()) }],
    } as Scope,
    address: null,
  };
  const secret = inventedSecret();
  await addNextSecret(till.by, { ...till.which, secret });
  for (const step of [probePending, promoteSecret, abortRotation, retireSecret, goBackToSecret]) {
    expect(await step(elsewhere, till.which)).toMatchObject({ error: { kind: "unknown-credential" } });
  }
  expect(await addNextSecret(elsewhere, { ...till.which, secret })).toMatchObject({
    error: { kind: "unknown-credential" },
  });
  await till.gatewayUses(secret);
  const results = await Promise.all([1, 2, 3].map(() => promoteSecret(till.by, till.which)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await till.audited()).filter((action) => action === "credential.secret-promoted")).toHaveLength(1);
});
