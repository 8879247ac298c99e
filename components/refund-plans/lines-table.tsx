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
                <Numbers line={line} root={`/${environment}`} />
              </td>
              <td data-phone="subject" data-truncate>
                <Words line={line} />
              </td>
              <td data-drop="1">
                <Outcome line={line} root={`/${environment}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type LineProps = { line: PlanLineRow /** Of the environment, `/test`. */; root: string };

/** Where the column of the outcome is left out, the line leads to its outcome, and else to its payment. */
function Numbers({ line, root }: LineProps) {
  const payment = (
    <LinkedNumber number={line.typedNumber} href={line.paymentId ? `${root}/payments/${line.paymentId}` : null} />
  );
  const href = outcomeHref(line, root);
  if (href === null) return payment;
  return (
    <>
      <span data-drop="1">{payment}</span>
      <span data-instead="1">
        <LinkedNumber number={line.typedNumber} href={href} />
      </span>
    </>
  );
}

function Outcome({ line, root }: LineProps) {
  const href = outcomeHref(line, root);
  return href === null ? null : <LinkedNumber number={line.mchRefundNo} href={href} />;
}

/** The refund that the line made, or the request for one; null when there is neither. */
function outcomeHref({ refundId, requestId }: PlanLineRow, root: string): string | null {
  if (refundId) return `${root}/refunds/${refundId}`;
  return requestId ? `${root}/approvals/${requestId}` : null;
}

function LinkedNumber({ number, href }: { number: string; href: string | null }) {
  if (href === null) return <span className="mono text-12">{number}</span>;
  return (
    <Link href={href} className="mono link text-12 max-desk:inline-block max-desk:py-[9px]">
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
