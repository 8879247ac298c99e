import Link from "next/link";
import { Amount } from "@/components/money/amount";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { Time } from "@/components/ui/time";
import type { MatchedNumber, NumberMatch } from "@/db/queries/find-by-number";

type Props = {
  matches: readonly NumberMatch[];
  /** `/test` */
  root: string;
};

const names: Record<MatchedNumber, string> = {
  mchOrderNo: "our order number",
  payOrderId: "the gateway's order number",
  channelOrderNo: "the channel's number",
  mchRefundNo: "our refund number",
  holdActNo: "our number of a completion or release",
  refundOrderId: "the gateway's refund number",
};

/** Several things answer to what was typed: what each is, and by which of its numbers it was found. */
export function Matches({ matches, root }: Props) {
  return (
    <ul className="border-t border-ink">
      {matches.map((match) => (
        <li
          key={`${match.kind} ${match.id}`}
          className="grid gap-x-6 gap-y-1 border-b border-line py-2.5 text-13 desk:grid-cols-[minmax(0,1.2fr)_190px_130px_170px] desk:items-center"
        >
          <span className="min-w-0">
            <Link href={`${root}/${match.kind}s/${match.id}`} className="link mono text-13 break-all">
              {match.number}
            </Link>
            <span className="block text-12 text-ink-3">
              {match.kind}, by {names[match.matched]}
            </span>
          </span>
          {match.kind === "payment" ? (
            <PaymentStateLabel state={match.state} isPartRefunded={match.isPartRefunded} isExpired={match.isExpired} />
          ) : (
            <RefundStateLabel state={match.state} />
          )}
          <span className="desk:text-right">
            <Amount amount={match.amount} currency={match.currency} />
          </span>
          <Time at={match.createdAt} className="text-12" />
        </li>
      ))}
    </ul>
  );
}
