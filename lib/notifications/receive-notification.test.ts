import { afterAll, beforeAll, expect, test } from "vitest";
import { newMchOrderNo } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { sign } from "@/lib/gateway/signature";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { makeWorld, type World } from "@/lib/testing/world";
import { receiveNotification } from "./receive-notification";

let world: World;
let mchOrderNo: string;
let genuine: Record<string, string>;
let secret: Secret;

beforeAll(async () => {
  world = await makeWorld();
  mchOrderNo = newMchOrderNo();
  const input = CreatePaymentInput.parse({ mchOrderNo, wayCode: "WX_QR", amount: "12.34", subject: "Tea" });
  const created = await createPayment(await world.scopeOf("operator"), input);
  if (!created.ok) throw new Error(created.error.message);
  const order = await world.sandbox.control(`orders/${mchOrderNo}`);
  const { mchNo, appId, payOrderId } = order as Record<string, string>;
  genuine = { mchNo, appId, payOrderId, mchOrderNo, currency: "HKD", state: "2" } as Record<string, string>;
  const merchants = Object.values(await world.sandbox.control("merchants")) as { apps: Record<string, string>[] }[];
  const app = merchants.flatMap(({ apps }) => apps).find((one) => one["appId"] === appId);
  secret = new Secret(app?.["secret"] ?? "");
});
afterAll(() => world.close());

async function deliver(given: Record<string, string>) {
  const fields = { sign: sign(given, secret), ...given };
  const reply = await receiveNotification({
    credentialId: world.credentialId,
    kind: "payment",
    query: "",
    contentType: "application/x-www-form-urlencoded",
    headers: [],
    sourceAddress: null,
    body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
  });
  const [row] = await world.database.sql`
    select state, next_ask_at <= now() as "isAskedNow" from payments where mch_order_no = ${mchOrderNo}`;
  return { ...reply, ...row };
}

test("a signed message that says paid and not how much proves nothing, and makes us ask", async () => {
  expect(await deliver(genuine)).toEqual({ status: 400, reply: "wrong-content", state: "waiting", isAskedNow: true });
});

test("a refund's message that comes to the payment's address says nothing about the payment", async () => {
  const ofRefund = { ...genuine, mchRefundNo: "R-1", refundOrderId: "R1", refundAmount: "100", state: "3" };
  expect(await deliver(ofRefund)).toMatchObject({ status: 400, reply: "wrong-content", state: "waiting" });
});

test.each(["mchOrderNo", "payOrderId", "channelOrderNo", "currency", "errCode", "errMsg"])(
  "a message whose %s holds a character that no text of the database can is kept and judged like any other",
  async (name) => {
    const odd = { ...genuine, amount: "1234", [name]: "a\u0000b" };
    expect([name, (await deliver({ ...odd, sign: "" })).reply]).toEqual([name, "bad-signature"]);
    expect([200, 400]).toContain((await deliver({ ...odd, state: "1" })).status);
  },
);

test("a whole message moves the payment", async () => {
  expect(await deliver({ ...genuine, amount: "1234" })).toMatchObject({ reply: "success", state: "paid" });
});
