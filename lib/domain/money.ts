import { z } from "zod";
import { err, ok, type Result } from "./result";

/** An amount in the currency's smallest unit: 1234 is HK$12.34. Whole, positive, never a float. */
export const MinorUnits = z.int().positive().brand<"MinorUnits">();
export type MinorUnits = z.infer<typeof MinorUnits>;

/** Three capital letters of ISO 4217. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .brand<"Currency">();
export type Currency = z.infer<typeof Currency>;

export const HKD = Currency.parse("HKD");

/** The largest amount this console sends: HK$1,000,000.00. The gateway's own limit is not published. */
export const largestAmount = 100_000_000;

// ISO 4217 minor units that are not 2.
const noDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ");
const threeDecimals = "BHD IQD JOD KWD LYD OMR TND".split(" ");
const fourDecimals = "CLF UYW".split(" ");

/** How many digits stand behind the decimal point, by ISO 4217. Unknown codes have two. */
export function decimalsOf(currency: string): number {
  if (noDecimals.includes(currency)) return 0;
  if (threeDecimals.includes(currency)) return 3;
  if (fourDecimals.includes(currency)) return 4;
  return 2;
}

type AmountProblem = {
  kind: "empty" | "not-a-number" | "too-many-decimals" | "zero" | "too-large";
  message: string;
};

/**
 * Reads an amount as a person types it, in major units, by splitting digits and never through a float.
 *
 * @param largest  minor units; only a sum of many payments may be more than one of them
 * @returns minor units, or a problem whose message says what would be right
 */
export function parseAmount(
  text: string,
  currency: string,
  largest: number = largestAmount,
): Result<MinorUnits, AmountProblem> {
  const typed = text.trim();
  const decimals = decimalsOf(currency);
  const example = decimals === 0 ? "1234" : `12.${"345678".slice(0, decimals)}`;
  if (typed === "") return err({ kind: "empty", message: `Write an amount, for example ${example}.` });
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(typed);
  if (!match) {
    return err({ kind: "not-a-number", message: `Use digits and one point, without separators: ${example}.` });
  }
  const [, whole = "", fraction = ""] = match;
  if (fraction.length > decimals) {
    const rule =
      decimals === 0
        ? "no decimals"
        : `${["", "one decimal", "two decimals", "three decimals", "four decimals"][decimals]}`;
    const message = `${currency} has ${rule}. Write ${example}.`;
    return err({ kind: "too-many-decimals", message });
  }
  const digits = `${whole}${fraction.padEnd(decimals, "0")}`.replace(/^0+/, "");
  if (digits === "") return err({ kind: "zero", message: "The amount must be more than zero." });
  if (digits.length > 15 || Number(digits) > largest) {
    const most = formatAmount(largest, currency);
    return err({ kind: "too-large", message: `The most this console sends is ${currency} ${most}.` });
  }
  return ok(MinorUnits.parse(Number(digits)));
}

/** The parts of an amount for display: `{ sign: "", whole: "1,280", fraction: "00" }`. Takes zero and negative sums too. */
export function amountParts(amount: number, currency: string): { sign: "" | "−"; whole: string; fraction: string } {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  return { sign: amount < 0 ? "−" : "", whole, fraction: decimals === 0 ? "" : digits.slice(-decimals) };
}

/** `1,280.00`, without the currency. */
export function formatAmount(amount: number, currency: string): string {
  const { sign, whole, fraction } = amountParts(amount, currency);
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** The amount as `parseAmount` reads it: `1280.00`, no separators. */
export function amountForInput(amount: number, currency: string): string {
  return formatAmount(amount, currency).replaceAll(",", "").replace("−", "-");
}

/** `HK$` for HKD, else the code itself. */
export function currencyLabel(currency: string): string {
  return currency === "HKD" ? "HK$" : currency;
}

/** `HK$ 1,280.00` with a space that does not break. */
export function formatMoney(amount: number, currency: string): string {
  return `${currencyLabel(currency)}\u00A0${formatAmount(amount, currency)}`;
}
