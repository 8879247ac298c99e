import { amountInWords } from "./amount-in-words";
import { decimalsOf, formatMoney } from "./money";

/** Which ordinary sum (minor units) the doubtful one resembles. */
type UnitSuspicion = { kind: "too-large" | "too-small"; expected: number };

/**
 * Whether a sum looks like a slip of units: exactly a hundredfold or a hundredth of what the context suggests
 * (a thousandfold in currencies of three decimals). Such a sum is not wrong, but deserves a second look.
 *
 * @param amount    minor units
 * @param expected  sums that would be ordinary here, in the same currency: the payment, its rest, the last sale of this
 */
export function unitSuspicion(amount: number, expected: readonly number[], currency: string): UnitSuspicion | null {
  // Without decimals nobody multiplies by their number, but sums typed as if there were two are the classic slip.
  const factors = new Set([100, 10 ** decimalsOf(currency)].filter((factor) => factor > 1));
  if (expected.includes(amount)) return null;
  for (const usual of expected) {
    for (const factor of factors) {
      if (amount === usual * factor) return { kind: "too-large", expected: usual };
      if (amount * factor === usual) return { kind: "too-small", expected: usual };
    }
  }
  return null;
}

/** The question of the second look: both sums in figures and in words. */
export function secondLookQuestion(amount: number, { kind, expected }: UnitSuspicion, currency: string): string {
  const said = (sum: number) => `${formatMoney(sum, currency)} (${amountInWords(sum, currency)})`;
  const factor = kind === "too-large" ? amount / expected : expected / amount;
  const relation = kind === "too-large" ? `exactly ${factor} times` : `exactly one part in ${factor} of`;
  return `You wrote ${said(amount)}. That is ${relation} ${said(expected)}, which looks like a slip of units. If it is meant, tick the box and send again.`;
}
