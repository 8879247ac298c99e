import { randomBytes } from "node:crypto";
import { readFields, type WireFields } from "@/lib/gateway/fields";
import { sign } from "@/lib/gateway/signature";

/** How many messages a side consists of. They take turns, so that no single one's place in memory counts. */
const poolSize = 64;

type Named = { mchNo: string; appId: string };

/**
 * What each message of a side says. Both sides of a pair say the same, because already the order numbers make a few
 * hundred nanoseconds of difference: they are sorted and hashed.
 */
const contents = Array.from({ length: poolSize }, () => ({
  payOrderId: `P${randomBytes(10).toString("hex")}`,
  mchOrderNo: `T-${randomBytes(6).toString("hex")}`,
  ifCode: "wxpay",
  wayCode: "WX_QR",
  amount: 1234,
  currency: "HKD",
  state: 2,
  subject: "Two coffees",
  body: "Green tea",
  createdAt: 1767225600000,
  successTime: 1767225655321,
  reqTime: 1767225655999,
}));
const forgedSigns = contents.map(() => randomBytes(16).toString("hex").toUpperCase());

/** Messages whose sign agrees with the right one in its first digits and in none of the others. */
export function messagesWithPrefix(secret: string, right: number): WireFields[] {
  return contents.map((content) => {
    const fields = { mchNo: "M1621873433953", appId: "60cc09bce4b0f1c0b83761c9", ...content };
    const given = signWithPrefix(sign(fields, secret), right);
    // As it comes over the wire, so that every side's texts were made in the same way.
    return readFields(JSON.stringify({ ...fields, sign: given }));
  });
}

function signWithPrefix(right: string, count: number): string {
  return [...right].map((digit, place) => (place < count ? digit : otherDigit(digit))).join("");
}

function otherDigit(digit: string): string {
  return ((Number.parseInt(digit, 16) + 7) % 16).toString(16).toUpperCase();
}

/**
 * Makes many messages for nothing. The first objects of a kind are laid out differently from those that the optimised code
 * makes later, and reading them takes hundreds of nanoseconds longer.
 */
export function warmUpMaking(secret: string): void {
  for (let round = 0; round < 300; round += 1) messagesWithPrefix(secret, round % 33);
}

/** The bodies of messages that nobody of ours signed, which name one application. */
export function forgedBodies(named: Named): Uint8Array[] {
  return contents.map((content, place) => {
    const pairs = Object.entries({ ...named, ...content, sign: forgedSigns[place] });
    const body = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)]));
    return Buffer.from(body.toString(), "utf8");
  });
}
