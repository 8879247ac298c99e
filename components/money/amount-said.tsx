import { amountInWords } from "@/lib/domain/amount-in-words";

/** A sum once more in words and as the integer that is sent, so that a slip of units is seen. */
export function AmountSaid({ amount, currency }: { amount: number; currency: string }) {
  return (
    <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 gap-y-[3px] text-13 text-ink-3 [&_dd]:text-ink">
      <dt>In words</dt>
      <dd>{amountInWords(amount, currency)}</dd>
      <dt>Is sent as</dt>
      <dd className="mono">{amount}</dd>
    </dl>
  );
}
