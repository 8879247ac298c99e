import { randomBytes } from "node:crypto";

/** A number that no other test and no earlier run has used. */
export function ownNumber(prefix = "J"): string {
  return `${prefix}-${randomBytes(7).toString("hex").toUpperCase()}`;
}

/** A bar code whose last digit decides at the sandbox: 0 to 5 paid, 6 and 7 the payer confirms, 8 and 9 declined. */
export function barCode(lastDigit: number): string {
  const middle = BigInt(`0x${randomBytes(8).toString("hex")}`)
    .toString()
    .padStart(15, "0")
    .slice(-15);
  return `13${middle}${lastDigit}`;
}
