import type { NotificationDetails } from "@/db/queries/notification-page";

/** One field that must be equal to ours. `ours` is null where we do not know it yet. */
export type ComparedField = { name: string; ours: string | null; theirs: string; isSame: boolean };

type Compared = Pick<NotificationDetails, "kind" | "payment" | "refund" | "credentialMchNo" | "credentialAppId">;

/** Free text: no money hangs on it, but a value that arrived cut or changed explains a signature. */
export const freeTextNames: readonly string[] = ["subject", "body", "extParam"];

/** The fields of a notification that our order and credential also have, each beside ours. */
export function againstOrder(
  notification: Compared,
  fields: readonly (readonly [name: string, value: string])[],
): ComparedField[] {
  const ours = ourFields(notification);
  return fields.flatMap(([name, theirs]) => {
    const known = ours[name];
    if (known === undefined || theirs === "") return [];
    const isSame = known === null || known === theirs || (name === "currency" && known === theirs.toUpperCase());
    return [{ name, ours: known, theirs, isSame }];
  });
}

function ourFields({
  kind,
  payment,
  refund,
  credentialMchNo,
  credentialAppId,
}: Compared): Record<string, string | null> {
  const ofCredential = { mchNo: credentialMchNo, appId: credentialAppId };
  if (kind === "refund" && refund) {
    return {
      ...ofCredential,
      mchRefundNo: refund.mchRefundNo,
      refundOrderId: refund.refundOrderId,
      refundAmount: String(refund.amount),
      currency: refund.currency,
      ...(payment ? { payAmount: String(payment.amount), payOrderId: payment.payOrderId } : {}),
    };
  }
  if (kind === "refund" || !payment) return ofCredential;
  return {
    ...ofCredential,
    mchOrderNo: payment.mchOrderNo,
    payOrderId: payment.payOrderId,
    amount: String(payment.amount),
    currency: payment.currency,
    wayCode: payment.wayCode,
    subject: payment.subject,
    body: payment.body,
    extParam: payment.extParam,
  };
}
