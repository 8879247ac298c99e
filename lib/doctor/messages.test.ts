import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addCredential } from "@/lib/credentials/add-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import type { Environment } from "@/lib/domain/environment";
import { NotificationId, newMchOrderNo, type PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { adoptPayment } from "@/lib/payments/adopt-payment";
import { askPayment } from "@/lib/payments/ask-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { type Meddler, type Meddling, passOnChanged } from "@/lib/testing/meddler";
import { appOfWorld, orderAtTill, type TillApp, type TillOrder } from "@/lib/testing/till";
import { makeWorld, type World } from "@/lib/testing/world";
import { examineNotification } from "./examine-notification";
import type { Climb } from "./ladder";

let world: World;
let scope: Scope;
let app: TillApp;
let other: TillApp;
let ours: string;
const meddlers: Meddler[] = [];

beforeAll(async () => {
  world = await makeWorld();
  scope = await world.scopeOf("operator");
  app = await appOfWorld(world);
  other = await secondApp();
  ours = notifyUrls(world.credentialId).payment;
});
beforeEach(async () => {
  await world.sandbox.clearFaults();
});
afterAll(async () => {
  for (const meddler of meddlers) meddler.close();
  await world.close();
});

/** What the doctor says about the newest message that a story left behind. */
type Story = [id: string, what: string, tell: () => Promise<void>, sentence: RegExp, isRemark?: "remark"];

const stories: Story[] = [
  [
    "NTF-03",
    "answers that are changed on their way back",
    repeated,
    /sent it 2 times although every one was answered success/,
  ],
  [
    "NTF-04",
    "a body that is no form",
    () => meddled({ request: ({ body }) => ({ body, contentType: "multipart/form-data; boundary=x" }) }),
    /neither a form nor JSON/,
  ],
  [
    "NTF-04",
    "a body that got lost",
    () => meddled({ request: ({ contentType }) => ({ body: "", contentType }) }),
    /its content did not: the body is empty/,
  ],
  [
    "NTF-04",
    "a body whose label is wrong",
    () => meddled({ request: ({ body }) => ({ body, contentType: "application/json" }) }),
    /Its body is a form and its Content-Type says application\/json/,
    "remark",
  ],
  ["NTF-06", "a state that nobody knows", () => own("unknown-state"), /nobody has published what state 9 means/],
  [
    "NTF-07",
    "an ampersand in the subject",
    () => till({ subject: "Cold brew & lemon zest" }),
    /subject arrived as “Cold brew ” where “Cold brew & lemon zest” was signed/,
  ],
  [
    "NTF-08",
    "a parameter of our address with a name of the protocol",
    () => till({ notifyUrl: `${ours}?version=7` }),
    /brought version along/,
  ],
  [
    "NTF-08",
    "a parameter of our address",
    () => till({ notifyUrl: `${ours}?shop=7` }),
    /brought shop along. Nobody signed that/,
    "remark",
  ],
  [
    "NTF-09",
    "the key of another application",
    () => till({}, other),
    /signed with the key of UnionPay \(test\) and came to the address of Counter/,
  ],
  [
    "NTF-09",
    "the key of the other environment",
    strayed,
    /signed with the key of Live \(production\) and came to the address of Counter/,
  ],
  [
    "NTF-10",
    "a form that is decoded twice",
    () =>
      meddled(
        { request: ({ body, contentType }) => ({ body: body.replaceAll("%2B", "+"), contentType }) },
        { subject: "1+1 deal" },
      ),
    /Something on the way changed it: .*“1 1 deal” where “1\+1 deal” was signed/,
  ],
  ["NTF-11", "fields that are new", () => own("unknown-fields"), /futureField/, "remark"],
  ["NTF-12", "a message that waited for long", late, /written \d+ minutes before it last came/, "remark"],
  ["NTF-13", "a wrong signature", () => own("forged-notification"), /No key of this console makes this signature/],
  [
    "NTF-14",
    "the same message three times at once",
    () => own("duplicate-notification", { copies: 3 }),
    /came 3 times and counted once/,
    "remark",
  ],
  [
    "NTF-15",
    "an older state that comes after the proof",
    overtaken,
    /says waiting, while our order is paid: states do not go back/,
  ],
  [
    "NTF-16",
    "a notify address that ends in a flag",
    () => till({ notifyUrl: `${ours}?flag` }),
    /glued it to the first field: flag\w+ was \w+/,
  ],
  ["NTF-18", "a payment after the end", paidLate, /genuine and late/],
  ["NTF-22", "another sum", () => own("wrong-amount"), /amount is 12340 there and 1234 in our order/],
];

test.each(stories)("%s: %s", async (id, _, tell, sentence, isRemark) => {
  await tell();
  const { cause, remarks } = await newest();
  const told = isRemark ? remarks.find((remark) => remark.id === id && sentence.test(remark.sentence)) : cause;
  expect([told?.id, told?.sentence]).toEqual([id, expect.stringMatching(sentence)]);
  expect(told?.fix.does).not.toBe("");
  expect(told?.evidence.length).toBeGreaterThan(0);
});

test("a message that is as it should be has nothing wrong", async () => {
  await own();
  const { cause, remarks } = await newest();
  expect(cause).toMatchObject({ weight: "fine", sentence: expect.stringContaining("Nothing is wrong with it") });
  expect(remarks).toEqual([]);
});

test("a message about an order that nobody knows says so", async () => {
  await pay(await orderAtTill(world, app, { notifyUrl: ours }));
  expect((await newest()).cause.sentence).toMatch(/no order J?\S+ is known here/);
});

async function newest(): Promise<Climb> {
  const [row] = await world.database.sql`select id from notifications order by id desc limit 1`;
  const examined = await examineNotification(scope, NotificationId.parse(row?.["id"]));
  if (!examined) throw new Error("there is no message");
  return examined.climb;
}

async function pay(mchOrderNo: string): Promise<void> {
  await world.sandbox.control("pay", { mchOrderNo, awaitNotification: true });
}

/** An order of this console, for which the gateway misbehaves. */
async function make(): Promise<{ id: PaymentId; mchOrderNo: string }> {
  const mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  const created = await createPayment(scope, input);
  if (!created.ok) throw new Error(created.error.message);
  return { id: created.value, mchOrderNo };
}

async function own(kind?: string, options: object = {}): Promise<void> {
  const { mchOrderNo } = await make();
  if (kind) await world.sandbox.control("faults", { kind, mchOrderNo, ...options });
  await pay(mchOrderNo);
}

/** An order of another system, adopted before it is paid. */
async function till(order: TillOrder, by: TillApp = app): Promise<void> {
  const mchOrderNo = await orderAtTill(world, by, { notifyUrl: ours, ...order });
  const adopted = await adoptPayment(scope, { number: mchOrderNo });
  if (!adopted.ok) throw new Error(adopted.error.message);
  await pay(mchOrderNo);
}

async function meddled(meddling: Meddling, order: TillOrder = {}): Promise<void> {
  const { origin, pathname } = new URL(ours);
  const meddler = await passOnChanged(origin, meddling);
  meddlers.push(meddler);
  await till({ ...order, notifyUrl: `${meddler.url}${pathname}` });
}

async function repeated(): Promise<void> {
  await meddled({ answer: (body) => `${body}\n` });
  await world.sandbox.control("clock", { advanceMs: 31_000 });
  await world.sandbox.control("idle", {});
  // The gateway's clock was moved and ours was not: put the pause between the two where it belongs.
  await world.database.sql`update notifications set received_at = received_at - interval '31 seconds'
    where id = (select id from notifications order by id desc limit 1)`;
}

async function late(): Promise<void> {
  await world.sandbox.control("clock", { offsetMs: -20 * 60_000 });
  await own();
  await world.sandbox.control("clock", { offsetMs: 0 });
}

async function overtaken(): Promise<void> {
  const { id, mchOrderNo } = await make();
  await world.sandbox.control("faults", { kind: "silent", mchOrderNo });
  await world.sandbox.control("faults", { kind: "unknown-state", mchOrderNo, state: 1, times: 1 });
  await pay(mchOrderNo);
  await askPayment(scope, id);
  await world.sandbox.control("notify", { mchOrderNo });
}

async function paidLate(): Promise<void> {
  const { id, mchOrderNo } = await make();
  await closePayment(scope, id);
  await pay(mchOrderNo);
}

/** A live order that was given a test address. */
async function strayed(): Promise<void> {
  await pay(await orderAtTill(world, await liveApp(), { notifyUrl: ours }));
}

async function liveApp(): Promise<TillApp> {
  const environment = "production";
  const made = await world.sandbox.control("merchants", { environment, apps: [{ name: "Live" }] });
  const [live] = made["apps"] as TillApp[];
  if (!live) throw new Error("the sandbox made no application");
  const mchNo = String(made["mchNo"]);
  await addForTest({ ...live, mchNo }, environment, "Live");
  return { ...live, mchNo };
}

async function secondApp(): Promise<TillApp> {
  const made = (await world.sandbox.control("apps", { mchNo: app.mchNo, name: "UnionPay" })) as TillApp;
  await addForTest({ ...made, mchNo: app.mchNo }, "test", "UnionPay");
  return { ...made, mchNo: app.mchNo };
}

async function addForTest(made: TillApp, environment: Environment, label: string): Promise<void> {
  const input = { ...made, label, baseUrl: world.sandbox.url, wayCodes: "UP_OP" };
  const actor = { actor: { kind: "script" }, address: null } as const;
  const added = await addCredential(actor, environment, NewCredential.parse(input));
  if (!added.ok) throw new Error(added.error.message);
}
