import { Hand } from "lucide-react";
import Link from "next/link";
import { RefundWait } from "@/components/refunds/refund-wait";
import { StopRefundForm } from "@/components/refunds/stop-refund-form";
import { Notice } from "@/components/ui/notice";
import type { PaymentRefund } from "@/db/queries/payment-page";
import type { PaymentRequest } from "@/db/queries/refund-requests";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { formatMoney } from "@/lib/domain/money";
import { inFrontOf } from "./payment-facts";

type Props = {
  environment: Environment;
  refunds: readonly PaymentRefund[];
  requests: readonly PaymentRequest[];
  mayStop: boolean;
  stopAction: Action<{ news: string }>;
  now: Date;
};

/** What is about to happen and can still be stopped: refunds before their sending, requests before their approval. */
export function WaitingRefunds({ environment, refunds, requests, mayStop, stopAction, now }: Props) {
  const waiting = refunds.filter(({ state }) => state === "prepared");
  const open = requests.filter(({ state }) => state === "open");
  if (waiting.length + open.length === 0) return null;
  return (
    <div className="mb-6 grid gap-2" data-waiting>
      {waiting.map((refund) => {
        const sum = formatMoney(refund.amount, refund.currency);
        return (
          <Notice
            key={refund.id}
            tone="wait"
            title={
              <>
                {sum} <RefundWait refund={{ ...refund, inFrontNo: inFrontOf(refund, refunds) }} serverNow={now} />
              </>
            }
            actions={
              mayStop && refund.sendCount === 0 ? (
                <StopRefundForm action={stopAction} environment={environment} refundId={refund.id} sum={sum} />
              ) : null
            }
          >
            Refund{" "}
            <Link href={`/${environment}/refunds/${refund.id}`} className="link mono text-12">
              {refund.mchRefundNo}
            </Link>{" "}
            is prepared; the gateway has not heard of it.
          </Notice>
        );
      })}
      {open.map(({ id, amount, currency }) => (
        <Notice
          key={id}
          tone="wait"
          icon={<Hand />}
          live="status"
          title={`${formatMoney(amount, currency)} waits for a second person.`}
        >
          Nothing was sent.{" "}
          <Link href={`/${environment}/approvals/${id}`} className="link">
            See the request
          </Link>
        </Notice>
      ))}
    </div>
  );
}
