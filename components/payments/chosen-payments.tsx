import { Undo2 } from "lucide-react";
import { Amount } from "@/components/money/amount";
import { Button } from "@/components/ui/button";
import type { PaymentListRow } from "@/db/queries/payments-list";

/** What the chosen payments sum up to, and what can be done with them together. */
export function ChosenPayments({ rows }: { rows: readonly PaymentListRow[] }) {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return (
    <>
      <span className="mr-1" aria-live="polite">
        {rows.length === 0 ? (
          "Tick payments, then"
        ) : (
          <>
            <b className="font-semibold">{rows.length}</b> chosen
          </>
        )}
        {currencies.map((currency) => (
          <b key={currency} className="font-semibold">
            , <Amount amount={leftOf(rows, currency)} currency={currency} /> not refunded
          </b>
        ))}
      </span>
      <Button type="submit" variant="primary" size="sm" icon={<Undo2 />}>
        Refund together…
      </Button>
    </>
  );
}

/** What was paid and not refunded; the rehearsal says what can go back. */
function leftOf(rows: readonly PaymentListRow[], currency: string): number {
  const paid = rows.filter((row) => row.currency === currency && row.state === "paid");
  return paid.reduce((total, { amount, refundedAmount }) => total + amount - refundedAmount, 0);
}
