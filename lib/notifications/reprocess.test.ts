import { afterAll, beforeAll, expect, test } from "vitest";
import { type NotificationId, newMchOrderNo } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { retireByForce, rotateTo } from "@/lib/testing/rotation";
import { makeWorld, type World } from "@/lib/testing/world";
import { rehearseChosen, rehearseSince } from "./rehearsal";
import { endReprocessing, reprocessChosen, startReprocessing } from "./reprocess";
import { runDueReprocessings } from "./run-due-reprocessings";

let world: World;
let operator: Scope;
const longAgo = new Date("2020-01-01T00:00:00Z");

beforeAll(async () => {
  world = await makeWorld();
  operator = await world.scopeOf("operator");
});
afterAll(() => world.close());

/** Orders that were paid while the gateway had another secret than we had. Ends with ours being the gateway's. */
async function paidWhileOurSecretWasWrong(count: number): Promise<string[]> {
  const numbers = await Promise.all(Array.from({ length: count }, order));
  const secret = await newSecretAtGateway(numbers[0]);
  for (const mchOrderNo of numbers) await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  const admin = await world.scopeOf("admin");
  await rotateTo(admin, world.credentialId, secret);
  return numbers;
}

async function newSecretAtGateway(mchOrderNo: string | undefined): Promise<Secret> {
  const { mchNo, appId } = (await world.sandbox.control(`orders/${mchOrderNo}`)) as Record<string, string>;
  const secret = `sk-invented-${crypto.randomUUID()}-${crypto.randomUUID()}`;
  await world.sandbox.control("apps", { mchNo, appId, secret });
  return new Secret(secret);
}

async function order(): Promise<string> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  expect(await createPayment(operator, input)).toMatchObject({ ok: true });
  return mchOrderNo;
}

const states = async (numbers: readonly string[]) => {
  const rows = await world.database.sql`
    select state from payments where mch_order_no = any(${[...numbers]}) order by mch_order_no`;
  return rows.map(({ state }) => state);
};
const idsOf = async (numbers: readonly string[]) => {
  const rows = await world.database.sql`select id from notifications where order_no = any(${[...numbers]})`;
  return rows.map(({ id }) => id as NotificationId);
};
const everything = async () => {
  const [sum] = await world.database.sql`
    select (select count(*) from timeline_entries) as entries, (select count(*) from events) as events,
      (select md5(string_agg(n::text, '' order by id)) from notifications n) as inbox,
      (select md5(string_agg(p::text, '' order by id)) from payments p) as payments`;
  return sum;
};

test("a message that failed because our secret was wrong is believed when it is judged again, once", async () => {
  const numbers = await paidWhileOurSecretWasWrong(1);
  const ids = await idsOf(numbers);
  expect(await states(numbers)).toEqual(["waiting"]);

  const before = await everything();
  expect(await rehearseChosen(operator, ids)).toEqual({
    ...{ found: 1, isCapped: false, looked: 1, failed: 0 },
    verdicts: [{ from: "bad-signature", to: "valid", count: 1 }],
    states: [{ from: "waiting", to: "paid", count: 1 }],
  });
  expect(await everything()).toEqual(before);

  expect(await reprocessChosen(operator, ids, null)).toMatchObject({
    ok: true,
    value: { looked: 1, failed: 0, states: [{ from: "waiting", to: "paid", count: 1 }] },
  });
  expect(await states(numbers)).toEqual(["paid"]);
  const after = await everything();
  expect(await reprocessChosen(operator, ids, null)).toMatchObject({ value: { looked: 1, states: [], verdicts: [] } });
  const again = await everything();
  expect({ ...again, inbox: null }).toEqual({ ...after, inbox: null });

  const [row] = await world.database.sql`
    select verdict, authenticity, effect, deliveries, secret_version from notifications where id = ${ids[0] ?? ""}`;
  expect(row).toMatchObject({ verdict: "valid", authenticity: "valid", effect: "waiting>paid", deliveries: 1 });
  const audit = await world.database.sql`
    select subject from audit_entries where action = 'notifications.reprocessed' order by id limit 1`;
  expect(audit).toEqual([{ subject: `notification:${ids[0]}` }]);
});

test("everything since a time is judged in batches, and orders nobody told us about are asked about", async () => {
  const silent = await order();
  const numbers = await paidWhileOurSecretWasWrong(5);
  expect(await rehearseSince(operator, longAgo)).toMatchObject({
    looked: 5,
    states: [{ from: "waiting", to: "paid", count: 5 }],
  });
  await world.database.sql`update payments set next_ask_at = now() + interval '1 hour' where mch_order_no = ${silent}`;

  const started = await startReprocessing(operator, longAgo, null);
  expect(started).toMatchObject({ ok: true });
  // A batch of two, then it is anybody's again.
  expect(await runDueReprocessings({ runs: 4, batches: 1, batchSize: 2 })).toBe(1);
  const progress = () => world.database.sql`
    select state, looked, changed, moved, failed from reprocessings where id = ${started.ok ? started.value : ""}`;
  expect(await progress()).toEqual([{ state: "running", looked: 2, changed: 2, moved: 2, failed: 0 }]);
  await runDueReprocessings({ runs: 4, batches: 10, batchSize: 2 });
  expect(await progress()).toEqual([{ state: "finished", looked: 5, changed: 5, moved: 5, failed: 0 }]);
  expect(await states(numbers)).toEqual(Array(5).fill("paid"));
  const [asked] = await world.database.sql`
    select next_ask_at < now() + interval '1 minute' as "isSoon" from payments where mch_order_no = ${silent}`;
  expect(asked).toEqual({ isSoon: true });

  const before = await everything();
  await startReprocessing(operator, longAgo, null);
  await runDueReprocessings({ runs: 4, batches: 10, batchSize: 50 });
  expect(await everything()).toMatchObject({ entries: before?.["entries"], inbox: before?.["inbox"] });
});

test("a message that is judged again while it comes again moves its order once", async () => {
  const numbers = await paidWhileOurSecretWasWrong(1);
  const ids = await idsOf(numbers);
  const [mchOrderNo] = numbers;
  await Promise.all([
    ...Array.from({ length: 6 }, () => reprocessChosen(operator, ids, null)),
    world.sandbox.control("notify", { mchOrderNo, times: 6 }),
  ]);
  expect(await states(numbers)).toEqual(["paid"]);
  const [moves] = await world.database.sql`
    select count(*)::int as count from timeline_entries t join payments p on p.id = t.payment_id
    where p.mch_order_no = ${mchOrderNo ?? ""} and t.to_state = 'paid'`;
  expect(moves).toEqual({ count: 1 });
});

test("a run that was stopped judges nothing more", async () => {
  const numbers = await paidWhileOurSecretWasWrong(2);
  const started = await startReprocessing(operator, longAgo, null);
  if (!started.ok) throw new Error(started.error.message);
  expect(await endReprocessing(operator, started.value, null)).toMatchObject({ ok: true });
  expect(await endReprocessing(operator, started.value, null)).toMatchObject({ ok: false, error: { kind: "ended" } });
  expect(await runDueReprocessings({ runs: 4, batches: 10, batchSize: 50 })).toBe(0);
  expect(await states(numbers)).toEqual(["waiting", "waiting"]);
});

test("of many runs that begin at once one does, and the others are told", async () => {
  const started = await Promise.all(Array.from({ length: 6 }, () => startReprocessing(operator, longAgo, null)));
  const begun = started.flatMap((one) => (one.ok ? [one.value] : []));
  expect(begun).toHaveLength(1);
  expect(started.filter((one) => !one.ok && one.error.kind === "running")).toHaveLength(5);
  const noted = await world.database.sql`
    select 1 from audit_entries where action = 'notifications.reprocessing-started'
      and subject in (select 'reprocessing:' || id from reprocessings where state = 'running')`;
  expect(noted).toHaveLength(1);
  await Promise.all(begun.map((id) => endReprocessing(operator, id, null)));
  const next = await startReprocessing(operator, longAgo, null);
  expect(next).toMatchObject({ ok: true });
  if (next.ok) await endReprocessing(operator, next.value, null);
});

test("nothing moves before the audit names who chose it", async () => {
  const numbers = await paidWhileOurSecretWasWrong(1);
  const ids = await idsOf(numbers);
  // Whoever cannot be named must not move anything, so a log that takes no entry ends it.
  await world.database.sql`alter table audit_entries add constraint closed check (false) not valid`;
  try {
    await expect(reprocessChosen(operator, ids, null)).rejects.toThrow();
  } finally {
    await world.database.sql`alter table audit_entries drop constraint closed`;
  }
  expect(await states(numbers)).toEqual(["waiting"]);
  expect(await reprocessChosen(operator, ids, null)).toMatchObject({ ok: true });
  const noted = await world.database.sql`
    select action, details from audit_entries where subject = ${`notification:${ids[0]}`} order by at, id`;
  expect(noted).toEqual([
    { action: "notifications.reprocessing-chosen", details: { chosen: 1 } },
    { action: "notifications.reprocessed", details: { looked: 1, failed: 0, moved: 1 } },
  ]);
});

test("whoever may only read may not judge again", async () => {
  const support = await world.scopeOf("support");
  expect(await reprocessChosen(support, [], null)).toMatchObject({ ok: false });
  expect(await startReprocessing(support, longAgo, null)).toMatchObject({ ok: false });
});

test("what a key proved stays proven when that key is no longer in use", async () => {
  const mchOrderNo = await order();
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
  const ids = await idsOf([mchOrderNo]);
  await world.database.sql`
    update notifications set verdict = 'contradiction', effect = null where order_no = ${mchOrderNo}`;
  const admin = await world.scopeOf("admin");
  const { credentialId } = world;
  const secret = await newSecretAtGateway(mchOrderNo);
  await rotateTo(admin, credentialId, secret);
  await retireByForce(admin, credentialId);

  expect(await reprocessChosen(operator, ids, null)).toMatchObject({ value: { looked: 1, failed: 0, verdicts: [] } });
  const [row] = await world.database.sql`
    select verdict, authenticity, secret_version is not null as "namesItsKey" from notifications
    where id = ${ids[0] ?? ""}`;
  expect(row).toEqual({ verdict: "contradiction", authenticity: "valid", namesItsKey: true });
});
