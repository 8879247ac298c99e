import { decimalsOf } from "./money";

/**
 * Whether a sum looks like a slip of units: exactly a hundredfold or a hundredth of what the context suggests
 * (a thousandfold in currencies of three decimals). Such a sum is not wrong, but deserves a second look.
 *
 * @param amount    minor units
 * @param expected  sums that would be ordinary here, in the same currency: the payment, its rest, the last sale of this
 */
export function unitSuspicion(
  amount: number,
  expected: readonly number[],
  currency: string,
): { kind: "too-large" | "too-small"; expected: number } | null {
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
