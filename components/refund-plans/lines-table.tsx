import Link from "next/link";
import { Amount } from "@/components/money/amount";
import type { PlanLineRow } from "@/db/queries/refund-plan-page";
import type { Environment } from "@/lib/domain/environment";
import { LineLabel } from "./line-label";

type Props = { lines: readonly PlanLineRow[]; environment: Environment };

/** What the rehearsal says of each line, and after its turn what became of it. */
export function LinesTable({ lines, environment }: Props) {
  return (
    <div className="table-frame">
      <table className="data-table [&_tbody_tr]:cursor-default">
        <caption className="sr-only">Lines of the plan, in the order in which they run</caption>
        <thead>
          <tr>
            <th scope="col" className="w-[64px]" data-align="right" data-drop="2">
              Line
            </th>
            <th scope="col" className="w-[220px]">
              Verdict
            </th>
            <th scope="col" className="w-[130px]" data-align="right">
              Amount
            </th>
            <th scope="col" className="w-[200px]">
              Number
            </th>
            <th scope="col">Why, reason and note</th>
            <th scope="col" className="w-[180px]" data-drop="1">
              Refund number
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo} id={`line-${line.lineNo}`}>
              <td className="nums text-ink-3" data-align="right" data-drop="2">
                {line.lineNo}
              </td>
              <td data-phone="state">
                <LineLabel {...line} />
              </td>
              <td data-phone="amount" data-align="right">
                {line.amount !== null && line.currency !== null ? (
                  <Amount amount={line.amount} currency={line.currency} />
                ) : (
                  <span className="text-ink-3">{line.typedAmount}</span>
                )}
              </td>
              <td data-phone="number">
                <LinkedNumber
                  number={line.typedNumber}
                  href={line.paymentId ? `/${environment}/payments/${line.paymentId}` : null}
                />
              </td>
              <td data-phone="subject" data-truncate>
                <Words line={line} />
              </td>
              <td data-drop="1">
                {line.refundId || line.requestId ? (
                  <LinkedNumber
                    number={line.mchRefundNo}
                    href={
                      line.refundId
                        ? `/${environment}/refunds/${line.refundId}`
                        : `/${environment}/approvals/${line.requestId}`
                    }
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LinkedNumber({ number, href }: { number: string; href: string | null }) {
  if (href === null) return <span className="mono text-12">{number}</span>;
  return (
    <Link href={href} className="mono link text-12">
      {number}
    </Link>
  );
}

function Words({ line }: { line: PlanLineRow }) {
  const why = line.errMsg ?? line.problem ?? line.why;
  const words = [why, line.reason, line.note].filter(Boolean).join(" · ");
  return (
    <span className="block truncate text-12 text-ink-2 max-desk:whitespace-normal" title={words}>
      {words}
    </span>
  );
}
