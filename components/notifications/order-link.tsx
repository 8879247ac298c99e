import Link from "next/link";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import type { NotificationDetails } from "@/db/queries/notification-page";

/** The payment, and the refund, that a message was matched with, as they stand now. */
export function OrderLink({
  notification: { payment, refund },
  root,
}: {
  notification: NotificationDetails;
  root: string;
}) {
  if (!payment) return null;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={`${root}/payments/${payment.id}`} className="link mono py-1 text-12">
        {payment.mchOrderNo}
      </Link>
      <PaymentStateLabel state={payment.state} />
      {refund ? (
        <>
          <Link href={`${root}/refunds/${refund.id}`} className="link mono py-1 text-12">
            {refund.mchRefundNo}
          </Link>
          <RefundStateLabel state={refund.state} />
        </>
      ) : null}
    </span>
  );
}
