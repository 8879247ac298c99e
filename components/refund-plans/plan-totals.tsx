import { Amount } from "@/components/money/amount";
import { Ledger, type LedgerTerm } from "@/components/money/ledger";
import type { CurrencySums } from "./plan-sums";

/** The sums of a plan, one line of account for each currency. */
export function PlanTotals({ sums }: { sums: readonly CurrencySums[] }) {
  return (
    <div className="grid gap-6">
      {sums.map((sum) => (
        <CurrencyTotals key={sum.currency} sum={sum} />
      ))}
    </div>
  );
}

function CurrencyTotals({ sum }: { sum: CurrencySums }) {
  const { currency, willRefund, willAsk, slips, succeeded, underWay, notMade, asked, budget, spent } = sum;
  const toCome = willRefund + willAsk;
  const terms: LedgerTerm[] =
    budget === null
      ? [
          { label: "Will be refunded", amount: willRefund },
          { label: "Asks a second person", amount: willAsk, operator: "+" },
        ]
      : [
          { label: "Succeeded", amount: succeeded, tone: "refunded" },
          { label: "Under way or unclear", amount: underWay, operator: "+", tone: "wait" },
          { label: "Asked for", amount: asked, operator: "+" },
          { label: "Failed or stopped", amount: notMade, operator: "+", tone: "failed" },
        ];
  const total =
    budget === null ? { label: "Together", amount: toCome } : { label: "Counted in the budget", amount: spent };
  return (
    <section aria-label={`Sums in ${currency}`}>
      <Ledger currency={currency} terms={terms} total={total} />
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-12 text-ink-2">
        {budget === null ? null : (
          <>
            <span>
              Budget <Amount amount={budget} currency={currency} />, of which{" "}
              <Amount amount={budget - spent} currency={currency} /> is left.
            </span>
            {toCome > 0 ? (
              <span>
                Still to come: <Amount amount={toCome} currency={currency} />.
              </span>
            ) : null}
          </>
        )}
        {slips > 0 ? (
          <span>
            Not counted: <Amount amount={slips} currency={currency} /> that seems a slip of units.
          </span>
        ) : null}
      </p>
    </section>
  );
}
