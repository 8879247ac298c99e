import { announceChange } from "@/db/announce";
import { type Pool, sqlClient, withRetry } from "@/db/client";
import {
  type AppliedPaymentNews,
  applyPaymentNews,
  type NextAsk,
  type PaymentNews,
} from "@/db/commands/apply-payment-news";
import { type AppliedRefundNews, applyRefundNews, type RefundNews } from "@/db/commands/apply-refund-news";
import type { Evidence } from "@/db/commands/evidence";
import type { Environment } from "@/lib/domain/environment";
import type { MerchantId, PaymentId, RefundId } from "@/lib/domain/ids";

type About = { environment: Environment; merchantId: MerchantId; evidence: Evidence; nextAsk: NextAsk };

/** What was heard about a payment, and by which way. A message knows only our number. */
export type PaymentObservation = About & {
  subject: "payment";
  target: { paymentId: PaymentId; refundId?: RefundId } | { mchOrderNo: string };
  news: PaymentNews;
};

export type RefundObservation = About & {
  subject: "refund";
  target: { refundId: RefundId; paymentId: PaymentId } | { mchRefundNo: string };
  news: RefundNews;
};

/**
 * The one door through which the gateway's word changes anything here. The answer to a call, the answer to a query and
 * a notification all end in the same compare-and-set, committed together with its evidence and timeline entries.
 *
 * States never go back. What cannot be squared with what was proven before moves nothing and becomes a visible conflict.
 */
export async function applyObservation(observation: PaymentObservation, pool?: Pool): Promise<AppliedPaymentNews>;
export async function applyObservation(observation: RefundObservation, pool?: Pool): Promise<AppliedRefundNews>;
export async function applyObservation(
  observation: PaymentObservation | RefundObservation,
  pool: Pool = "pages",
): Promise<AppliedPaymentNews | AppliedRefundNews> {
  const sql = sqlClient(pool);
  const applied = await withRetry<AppliedPaymentNews | AppliedRefundNews>(() =>
    observation.subject === "payment" ? applyPaymentNews(sql, observation) : applyRefundNews(sql, observation),
  );
  const { environment, merchantId } = observation;
  announceChange(sqlClient(), { environment, merchantId, paymentId: applied.paymentId });
  return applied;
}
