import { makeCall } from "@/db/testing/rows";
import type { PaymentId, RefundId } from "@/lib/domain/ids";
import { readPaymentAnswer } from "@/lib/gateway/wire/payment-answer";
import { readRefundAnswer } from "@/lib/gateway/wire/refund-answer";
import { WireFields } from "@/lib/gateway/wire-fields";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import { applyObservation } from "@/lib/payments/apply-observation";
import { paymentNewsOf } from "@/lib/payments/payment-news";
import { refundNewsOf } from "@/lib/refunds/refund-news";
import { signedForm } from "../gateway/pretend-gateway";
import type { Shop } from "../shop/shop";

/** One word of the gateway about an order or its refund, and by which way it is heard. `state` is the wire's number. */
export type Word = {
  way: "answer" | "query" | "notification";
  about: "payment" | "refund";
  state: number;
  /** Spoiled words must change nothing: a signature that does not hold, or a sum that is not ours. */
  spoiled: "signature" | "amount" | null;
};

/** What the words are about. */
export type Subject = {
  id: PaymentId;
  mchOrderNo: string;
  payOrderId: string;
  amount: number;
  refund: { id: RefundId; mchRefundNo: string; amount: number } | null;
};

/** Lets the product hear one word through the door that belongs to its way. Repeating it repeats it to the byte. */
export async function hear(shop: Shop, subject: Subject, word: Word): Promise<void> {
  const fields = fieldsOf(shop, subject, word);
  if (word.way === "notification") return hearNotification(shop, subject, word, fields);
  const read = WireFields.from(fields);
  const about = { environment: "test" as const, merchantId: shop.merchantId, nextAsk: 5_000 };
  if (word.about === "payment") {
    const evidence = { by: word.way, call: makeCall(shop.credentialId, "query"), actor: "worker" };
    const news = paymentNewsOf(readPaymentAnswer(read), word.way);
    await applyObservation({ subject: "payment", ...about, target: { paymentId: subject.id }, evidence, news });
    return;
  }
  const target = { paymentId: subject.id, refundId: refundOf(subject).id };
  const evidence = { by: word.way, call: makeCall(shop.credentialId, "refundQuery"), actor: "worker" };
  await applyObservation({
    subject: "refund",
    ...about,
    target,
    evidence,
    news: refundNewsOf(readRefundAnswer(read), word.way),
  });
}

const busyTries = 10;

async function hearNotification(shop: Shop, subject: Subject, word: Word, fields: Fields): Promise<void> {
  const secret = word.spoiled === "signature" ? "nobody-has-this-secret" : shop.sender.secret;
  // The second of the payment, so that a repeat is the same message and another state is another one.
  const body = signedForm({ secret, now: () => 1_790_000_000_000 }, fields);
  for (let tries = 1; ; tries += 1) {
    const { status } = await receiveNotification({
      credentialId: shop.credentialId,
      kind: word.about,
      query: "",
      contentType: "application/x-www-form-urlencoded",
      headers: [],
      sourceAddress: null,
      body: new TextEncoder().encode(body),
    });
    // The gateway sends again what was refused for a busy moment.
    if (status !== 503) return;
    if (tries === busyTries) throw new Error(`The inbox stays busy for ${subject.mchOrderNo}.`);
  }
}

type Fields = Record<string, string | number>;

function fieldsOf({ sender }: Shop, subject: Subject, { about, state, spoiled }: Word): Fields {
  const { mchOrderNo, payOrderId } = subject;
  const factor = spoiled === "amount" ? 10 : 1;
  const always = {
    mchNo: sender.mchNo,
    appId: sender.appId,
    payOrderId,
    currency: "HKD",
    state,
    createdAt: 1_790_000_000_000,
  };
  if (about === "payment") return { ...always, mchOrderNo, amount: subject.amount * factor, wayCode: "WX_QR" };
  const { mchRefundNo, amount } = refundOf(subject);
  const refundOrderId = `R${payOrderId.slice(1)}`;
  return { ...always, mchRefundNo, refundOrderId, payAmount: subject.amount, refundAmount: amount * factor };
}

function refundOf({ refund, mchOrderNo }: Subject) {
  if (!refund) throw new Error(`${mchOrderNo} has no refund.`);
  return refund;
}
