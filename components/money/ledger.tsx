import { classNames } from "@/components/ui/class-names";
import { type Tone, toneText } from "@/components/ui/tone";
import { Amount } from "./amount";

export type LedgerTerm = { label: string; amount: number; operator?: "−" | "+" | undefined; tone?: Tone | undefined };

type Props = { currency: string; terms: readonly LedgerTerm[]; total: { label: string; amount: number } };

/** A sum written out, paid − refunded − pending = left, ending in the accountant's double rule. */
export function Ledger({ currency, terms, total }: Props) {
  return (
    <dl className="ledger">
      {terms.map((term) => (
        <div key={term.label}>
          <dt>
            <Operator sign={term.operator} />
            {term.label}
          </dt>
          <dd className={classNames(term.tone && term.amount !== 0 && toneText[term.tone])}>
            <Amount amount={term.amount} currency={currency} size="sum" />
          </dd>
        </div>
      ))}
      <div className="ledger-total">
        <dt>
          <Operator sign="=" />
          {total.label}
        </dt>
        <dd className="double-rule">
          <Amount amount={total.amount} currency={currency} size="sum" />
        </dd>
      </div>
    </dl>
  );
}

function Operator({ sign }: { sign: string | undefined }) {
  return (
    <span className="ledger-operator" aria-hidden="true">
      {sign}
    </span>
  );
}
