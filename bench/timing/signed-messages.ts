import { randomBytes } from "node:crypto";
import { readFields, type WireFields } from "@/lib/gateway/fields";
import { sign } from "@/lib/gateway/signature";

/** Who all of them are said to be about. */
export const senderOfAll = { mchNo: "M1621873433953", appId: "60cc09bce4b0f1c0b83761c9" };

/**
 * What each message of a side says. Both sides of a pair say the same, because already the order numbers make a few
 * hundred nanoseconds of difference: they are sorted and hashed.
 */
const contents = Array.from({ length: 64 }, () => ({
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

const withoutSign = contents.map((content) => JSON.stringify({ ...senderOfAll, ...content }).slice(0, -1));
const withoutApp = contents.map((content) => {
  const pairs = Object.entries({
    mchNo: senderOfAll.mchNo,
    ...content,
    sign: randomBytes(16).toString("hex").toUpperCase(),
  });
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)])).toString();
});

/** For each content a sign that agrees with the right one in its first digits and in none of the others. */
export function signsWithPrefix(secret: string, right: number): string[] {
  return contents.map((content) =>
    [...sign({ ...senderOfAll, ...content }, secret)]
      .map((digit, place) => (place < right ? digit : otherDigit(digit)))
      .join(""),
  );
}

/**
 * A figure stays a figure and a letter a letter: which of them a sign has is no secret, and reading one or the other differs
 * by a fraction of a nanosecond.
 */
function otherDigit(digit: string): string {
  const kind = /[0-9]/.test(digit) ? "0123456789" : "ABCDEF";
  return kind[(kind.indexOf(digit) + 1) % kind.length] ?? digit;
}

/** A message as it comes over the wire, read. */
export function messageWith(sign: string, place: number): WireFields {
  return readFields(`${withoutSign[place]},"sign":"${sign}"}`);
}

/** For each content the same application. */
export function oneApplication(appId: string): string[] {
  return contents.map(() => appId);
}

/** The body of a message that nobody of ours signed and that names an application. */
export function forgedBody(appId: string, place: number): Uint8Array {
  return Buffer.from(`appId=${appId}&${withoutApp[place]}`, "utf8");
}
