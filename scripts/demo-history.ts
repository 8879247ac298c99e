import { closeDb, sqlClient } from "@/db/client";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { readRefundRules } from "@/db/queries/refund-rules";
import type { Environment } from "@/lib/domain/environment";
import { newId, newMchOrderNo, newMchRefundNo, type PaymentId, SessionId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { createRefund } from "@/lib/refunds/create-refund";

/**
 * Gives the embedded demo a small history, by taking payments and refunds at the sandbox gateway as a person would:
 * every message really travels, every signature is really checked. Does nothing when there is a history already.
 *
 * Arguments: the console's address (unused here, the gateway calls it) and the sandbox's.
 */
const [, , , sandboxUrl = "http://localhost:4000"] = process.argv;

type Fate =
  | "paid"
  | "waiting"
  | "declined"
  | "closed"
  | "cancelled"
  | "part-refunded"
  | "refunded"
  | "refund-pending"
  | "refund-failed"
  | "paid-after-close"
  | "answer-lost"
  | "told-three-times"
  | "forged"
  | "at-the-counter";

type Sale = { wayCode: string; amount: string; subject: string; fate: Fate; extra?: Record<string, string> };

const testSales: Sale[] = [
  { wayCode: "WX_QR", amount: "72.00", subject: "Flat white, toast", fate: "paid" },
  { wayCode: "ALI_H5", amount: "210.00", subject: "House blend 1 kg", fate: "paid", extra: { walletType: "HK" } },
  { wayCode: "UP_OP", amount: "540.00", subject: "Barista course", fate: "cancelled" },
  {
    wayCode: "WX_BAR",
    amount: "36.00",
    subject: "Espresso",
    fate: "at-the-counter",
    extra: { authCode: "134567890123456780" },
  },
  { wayCode: "ALI_QR", amount: "92.00", subject: "Filter coffee × 2", fate: "refunded" },
  { wayCode: "WX_QR", amount: "1280.00", subject: "Espresso machine service", fate: "part-refunded" },
  {
    wayCode: "WX_BAR",
    amount: "58.00",
    subject: "Cappuccino, scone",
    fate: "at-the-counter",
    extra: { authCode: "134567890123456772" },
  },
  { wayCode: "WX_QR", amount: "128.00", subject: "Tasting set", fate: "paid-after-close" },
  { wayCode: "ALI_QR", amount: "46.00", subject: "Oat latte", fate: "closed" },
  { wayCode: "WX_H5", amount: "447.00", subject: "Beans 1 kg, filter papers", fate: "refund-pending" },
  {
    wayCode: "ALI_BAR",
    amount: "312.50",
    subject: "Gift box, large",
    fate: "at-the-counter",
    extra: { authCode: "2812345678901238" },
  },
  { wayCode: "UP_OP", amount: "1920.00", subject: "Grinder, burr set", fate: "told-three-times" },
  { wayCode: "WX_QR", amount: "64.00", subject: "Cold brew and sandwich", fate: "refund-failed" },
  { wayCode: "YSF_QR", amount: "245.00", subject: "House blend 250 g × 3", fate: "answer-lost" },
  { wayCode: "ALI_H5", amount: "99.00", subject: "Workshop seat", fate: "declined", extra: { walletType: "CN" } },
  { wayCode: "ALI_QR", amount: "18.00", subject: "Cookie", fate: "forged" },
  { wayCode: "ALI_QR", amount: "46.00", subject: "Oat latte", fate: "paid" },
  { wayCode: "WX_QR", amount: "88.00", subject: "Flat white × 2", fate: "waiting" },
];

const productionSales: Sale[] = [
  { wayCode: "WX_QR", amount: "36.00", subject: "Espresso", fate: "paid" },
  { wayCode: "UP_OP", amount: "860.00", subject: "Hand grinder", fate: "part-refunded" },
  { wayCode: "ALI_QR", amount: "46.00", subject: "Oat latte", fate: "paid" },
  {
    wayCode: "WX_BAR",
    amount: "72.00",
    subject: "Flat white, toast",
    fate: "at-the-counter",
    extra: { authCode: "134567890123456780" },
  },
  { wayCode: "ALI_QR", amount: "128.00", subject: "Tasting set", fate: "closed" },
];

async function makeHistory(): Promise<void> {
  const [known] = await sqlClient()`select 1 from payments limit 1`;
  if (known) return;
  await withoutHold("test", () => runAll("test", testSales));
  await withoutHold("production", () => runAll("production", productionSales));
}

/** So that every refund of the history is sent at once; afterwards they can be stopped for as long as before. */
async function withoutHold(environment: Environment, work: () => Promise<void>): Promise<void> {
  const { holdSeconds } = await readRefundRules(environment);
  await setHoldSeconds(sqlClient(), environment, 0);
  try {
    await work();
  } finally {
    await setHoldSeconds(sqlClient(), environment, holdSeconds);
  }
}

async function runAll(environment: Environment, sales: readonly Sale[]): Promise<void> {
  const scope = await scopeOfOperator(environment);
  if (scope.merchants.length === 0) return;
  for (const sale of sales) await sell(scope, sale);
}

async function sell(scope: Scope, { fate, ...sale }: Sale): Promise<void> {
  const mchOrderNo = newMchOrderNo();
  if (fate === "answer-lost")
    await fault({ kind: "drop-connection", when: "after", mchOrderNo, operation: "unifiedOrder" });
  if (fate === "refund-pending") await fault({ kind: "pause-refunds", mchOrderNo });
  if (fate === "refund-failed") await fault({ kind: "fail-refund", mchOrderNo });
  const input = CreatePaymentInput.parse({ ...sale, mchOrderNo, body: `${sale.subject}, Harbour Goods` });
  const id = done(await createPayment(scope, input));
  const pay = (outcome: "pay" | "decline" = "pay") => control("pay", { mchOrderNo, outcome, awaitNotification: true });
  const refund = (amount: string, reason: string) => refundOf(scope, id, amount, reason);

  switch (fate) {
    case "waiting":
    case "at-the-counter":
      return;
    case "declined":
      await control("pay", { mchOrderNo, outcome: "decline" });
      done(await askPayment(scope, id));
      return;
    case "closed":
      done(await closePayment(scope, id));
      return;
    case "paid-after-close":
      done(await closePayment(scope, id));
      await pay();
      return;
    case "answer-lost":
      await pay();
      return;
    case "told-three-times":
      await pay();
      await control("notify", { mchOrderNo, times: 2 });
      return;
    case "forged":
      await control("notify", { mchOrderNo, kind: "forged" });
      return;
    case "paid":
      await pay();
      return;
    case "cancelled":
      await pay();
      done(await cancelPayment(scope, id));
      return;
    case "refunded":
      await pay();
      await refund(sale.amount, "customer-return");
      done(await askPayment(scope, id));
      return;
    case "part-refunded":
      await pay();
      await refund("120.00", "overcharged");
      return;
    case "refund-pending":
      await pay();
      await refund("47.00", "not-delivered");
      return;
    case "refund-failed":
      await pay();
      await refund("64.00", "duplicate");
      return;
    default:
      throw new Error(`No such fate: ${fate satisfies never}`);
  }
}

async function refundOf(scope: Scope, paymentId: PaymentId, amount: string, reason: string): Promise<void> {
  done(
    await createRefund(scope, { paymentId, mchRefundNo: newMchRefundNo(), amount, reason, note: "", secondLook: "" }),
  );
}

/** The demo operator, who sits at this machine and needs no sign-in: the cast stands for what `lib/auth` checks. */
async function scopeOfOperator(environment: Environment): Promise<Scope> {
  const sql = sqlClient();
  const [person] = await sql`
    select id as "personId", name, email, role from people where role = 'operator' and is_active order by created_at limit 1`;
  const merchants = await sql`
    select merchant_id as "merchantId", mch_no as "mchNo", label from merchants where environment = ${environment}`;
  return { viewer: { ...person, sessionId: newId(SessionId) }, environment, merchants } as unknown as Scope;
}

function done<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.kind}: ${result.error.message}`);
}

async function fault(input: object): Promise<void> {
  await control("faults", input);
}

async function control(path: string, body?: object): Promise<void> {
  const response = await fetch(`${sandboxUrl}/control/${path}`, {
    method: "POST",
    body: JSON.stringify(body ?? {}),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
}

await makeHistory();
await closeDb();
