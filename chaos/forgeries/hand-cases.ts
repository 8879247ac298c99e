import { createHash, createHmac } from "node:crypto";
import { canonicalString, sign } from "@/lib/gateway/signature";
import type { Shop } from "../shop/shop";
import { strangeKeys } from "./keys";
import { type Delivery, type Fields, formOf, formType, signed } from "./message";

/** One forgery made by hand: what somebody who does not know the key, or holds a message about another order, can send. */
export type HandCase = { name: string; delivery: Delivery };

/**
 * @param fields   what would mark the victim's order as paid
 * @param genuine  a message that the gateway signed, about another order
 */
export function handCases({ sender }: Shop, fields: Fields, genuine: Fields): HandCase[] {
  return [
    ...withoutTheKey(fields),
    ...withStrangeKeys(fields, sender),
    ...withOddSigns(fields, genuine["sign"] ?? ""),
    ...withOtherAlgorithms(fields),
    ...changedAfterSigning(fields, genuine),
    ...inOddShapes(fields, genuine),
    ...withNumberLookalikes(fields, sender.secret),
    ...withOddNames(fields, sender.secret),
  ];
}

const form = (name: string, fields: Fields | [string, string][]): HandCase => ({
  name,
  delivery: { body: formOf(fields) },
});
const json = (name: string, value: unknown): HandCase => ({
  name,
  delivery: { body: JSON.stringify(value), contentType: "application/json" },
});

function withoutTheKey(fields: Fields): HandCase[] {
  const values = [
    "",
    " ",
    "null",
    "undefined",
    "0",
    "true",
    "none",
    "SUCCESS",
    "0".repeat(32),
    "F".repeat(32),
    "\u0000",
  ];
  return [
    form("no sign", fields),
    ...values.map((value) => form(`sign=${JSON.stringify(value)}`, { ...fields, sign: value })),
    ...values.map((value) => json(`JSON sign ${JSON.stringify(value)}`, { ...fields, sign: value })),
    ...[null, 0, 1, true, false, [], {}, [""], { $ne: null }, ["0".repeat(32)]].map((value) =>
      json(`JSON sign of another type: ${JSON.stringify(value)}`, { ...fields, sign: value }),
    ),
  ];
}

function withStrangeKeys(fields: Fields, { mchNo, appId, secret }: Shop["sender"]): HandCase[] {
  const keys: Record<string, string> = {
    ...strangeKeys,
    "the merchant number": mchNo,
    "the application id": appId,
    "a guess": "123456",
    "the word key": "key",
    "the word null": "null",
    "the word undefined": "undefined",
    "the placeholder": "<key>",
    "the key and a space": `${secret} `,
    "the key after a space": ` ${secret}`,
    "the key and a line end": `${secret}\n`,
    "the key after a byte-order mark": `\uFEFF${secret}`,
    "the key in capitals": secret.toUpperCase(),
    "the key without its end": secret.slice(0, -1),
    "the key without its beginning": secret.slice(1),
    "the key twice": secret + secret,
    "the key backwards": [...secret].reverse().join(""),
    "the key in base64": Buffer.from(secret).toString("base64"),
    "the key in hex": Buffer.from(secret).toString("hex"),
    "the key's digest": createHash("md5").update(secret).digest("hex"),
    "key= and the key": `key=${secret}`,
  };
  return Object.entries(keys).flatMap(([name, key]) => [
    form(`signed with ${name}`, signed(fields, key)),
    form(`signed in small letters with ${name}`, { ...fields, sign: sign(fields, key).toLowerCase() }),
    json(`JSON signed with ${name}`, signed(fields, key)),
  ]);
}

function withOddSigns(fields: Fields, genuineSign: string): HandCase[] {
  const odd = ["sign[]", "Sign", "SIGN", "sign ", " sign", "sign\u0000", "signature", "x-sign", "s\u200Bign"];
  const pairs = Object.entries(fields);
  const [wrong, right] = ["0".repeat(32), genuineSign];
  return [
    ...odd.map((name) => form(`the sign of another message as ${JSON.stringify(name)}`, { ...fields, [name]: right })),
    form("the sign of another message", { ...fields, sign: right }),
    form("the sign of another message in small letters", { ...fields, sign: right.toLowerCase() }),
    form("two signs, the second of another message", [...pairs, ["sign", wrong], ["sign", right]]),
    form("two signs, the first of another message", [...pairs, ["sign", right], ["sign", wrong]]),
    form("the same sign twice", [...pairs, ["sign", right], ["sign", right]]),
    form("an empty sign first", [["sign", ""], ...pairs, ["sign", right]]),
    form("half a sign", { ...fields, sign: right.slice(0, 16) }),
    form("a sign and more", { ...fields, sign: `${right}00` }),
    form("a sign with spaces", { ...fields, sign: right.replace(/(.{8})/g, "$1 ") }),
    form("a sign with zeros before it", { ...fields, sign: `0x${right}` }),
  ];
}

function withOtherAlgorithms(fields: Fields): HandCase[] {
  const types = ["NONE", "none", "", "MD5", "md5", "RSA", "RSA2", "HMAC-SHA256", "SHA256", "HS256", "\u0000"];
  const digests: Record<string, (text: string) => string> = {
    md5: (text) => createHash("md5").update(text).digest("hex").toUpperCase(),
    "md5 with an empty key": (text) => createHash("md5").update(`${text}key=`).digest("hex").toUpperCase(),
    sha1: (text) => createHash("sha1").update(text).digest("hex").toUpperCase(),
    sha256: (text) => createHash("sha256").update(text).digest("hex").toUpperCase(),
    "hmac of nothing": (text) => createHmac("sha256", "").update(text).digest("hex").toUpperCase(),
    "a short md5": (text) => createHash("md5").update(text).digest("hex").slice(0, 16),
  };
  return types.flatMap((signType) =>
    Object.entries(digests).map(([name, digest]) => {
      const typed = { ...fields, signType };
      return form(`signType ${JSON.stringify(signType)} with ${name}`, {
        ...typed,
        sign: digest(canonicalString(typed)),
      });
    }),
  );
}

/** The genuine sign of another order's message over what the victim's would say. */
function changedAfterSigning(fields: Fields, genuine: Fields): HandCase[] {
  const aboutVictim = { ...genuine, mchOrderNo: fields["mchOrderNo"] ?? "", payOrderId: fields["payOrderId"] ?? "" };
  const changes: Fields[] = Object.entries(fields).map(([name, value]) => ({ ...aboutVictim, [name]: value }));
  return [
    ...changes.map((changed, at) => form(`a genuine message with ${Object.keys(fields)[at]} of the victim`, changed)),
    form("a genuine message about the victim", aboutVictim),
    form("a genuine message with the victim's number before", [
      ["mchOrderNo", fields["mchOrderNo"] ?? ""],
      ...Object.entries(genuine),
    ]),
    form("a genuine message with the victim's number after", [
      ...Object.entries(genuine),
      ["mchOrderNo", fields["mchOrderNo"] ?? ""],
    ]),
    {
      name: "a genuine message whose query names the victim",
      delivery: { body: formOf(genuine), query: formOf({ mchOrderNo: fields["mchOrderNo"] ?? "" }) },
    },
    {
      name: "the victim in the body, a genuine message in the query",
      delivery: { body: formOf(fields), query: formOf(genuine) },
    },
  ];
}

function inOddShapes(fields: Fields, genuine: Fields): HandCase[] {
  const about = { ...genuine, ...fields, sign: genuine["sign"] ?? "" };
  const text = JSON.stringify(about);
  const types = [
    null,
    "",
    "text/plain",
    "application/json",
    "application/xml",
    "multipart/form-data; boundary=x",
    "text/html",
  ];
  return [
    ...types.map((contentType) => ({
      name: `a form called ${contentType}`,
      delivery: { body: formOf(about), contentType },
    })),
    ...types.map((contentType) => ({ name: `JSON called ${contentType}`, delivery: { body: text, contentType } })),
    ...[
      `[${text}]`,
      `"${text}"`,
      `${text}${text}`,
      `{"data":${text}}`,
      `{"params":${JSON.stringify(text)}}`,
      `\uFEFF${text}`,
    ].map((body) => ({
      name: `JSON inside: ${body.slice(0, 12)}`,
      delivery: { body, contentType: "application/json" },
    })),
    { name: "bytes that are no text", delivery: { body: new Uint8Array([0xff, 0xfe, 0x00, 0x32]) } },
    { name: "nothing", delivery: { body: "" } },
    { name: "only ampersands", delivery: { body: "&&&&=&=&" } },
    { name: "a form in UTF-16", delivery: { body: new Uint8Array(Buffer.from(formOf(about), "utf16le")) } },
    { name: "a form encoded twice", delivery: { body: encodeURIComponent(formOf(about)) } },
    { name: "a form with semicolons", delivery: { body: formOf(about).replaceAll("&", ";"), contentType: formType } },
  ];
}

/** Signed by the gateway itself, so only what we make of odd numbers is between them and the order. */
function withNumberLookalikes(fields: Fields, secret: string): HandCase[] {
  const states = [
    "2&",
    "2&x=1",
    "２",
    "2.0",
    "2e0",
    " 2",
    "2 ",
    "+2",
    "0x2",
    "02x",
    "2,",
    "2\u0000",
    "٢",
    "2n",
    "-2",
    "1,2",
    "2;",
    "2\n",
  ];
  const amount = fields["amount"] ?? "";
  const amounts = [
    `${amount}.00`,
    `${amount}e0`,
    ` ${amount}`,
    `+${amount}`,
    `${amount}&`,
    "",
    "NaN",
    "Infinity",
    `${amount}９`,
  ];
  return [
    ...states.map((state) => form(`state=${JSON.stringify(state)}`, signed({ ...fields, state }, secret))),
    ...amounts.map((value) => form(`amount=${JSON.stringify(value)}`, signed({ ...fields, amount: value }, secret))),
  ];
}

function withOddNames(fields: Fields, secret: string): HandCase[] {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "state&", "state=", "&", "="];
  const genuineButUnpaid = { ...fields, state: "3" };
  return names.map((name) =>
    form(`a field called ${name}`, [...Object.entries(signed(genuineButUnpaid, secret)), [name, "2"], ["state", "2"]]),
  );
}
