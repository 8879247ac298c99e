import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/domain/secret";
import { inHashTableOrder } from "./java-hash-table";
import { compareIgnoringCase, javaText } from "./java-text";
import { type PlainFields, WireFields, type WireMember } from "./wire-fields";

/** One field that takes part: `piece` is `name=value&`, the unit that is sorted. */
export type SignedPiece = { readonly name: string; readonly text: string; readonly piece: string };

/** A field that takes no part. `replaced` is one whose name comes again later. */
export type SkippedField = { readonly name: string; readonly reason: "is-sign" | "null" | "empty" | "replaced" };

export type SignatureExplanation = {
  /** In the order in which they are joined. */
  readonly pieces: readonly SignedPiece[];
  readonly skipped: readonly SkippedField[];
  /** The text that is hashed, without `key=` and the secret. */
  readonly canonicalString: string;
  /** The text that is hashed, with `<key>` in place of the secret: safe to show and to store. */
  readonly maskedText: string;
  /** 32 upper-case hexadecimal digits. */
  readonly sign: string;
};

/**
 * The text both sides hash, without its key: each field except `sign`, null and the empty string, as `name=value&`.
 * Values are not escaped, so it proves who sent a message, not how its fields were divided.
 *
 * Source: the reference server's signing class, `JeepayKit.getSign`; gateway-protocol 2.2.
 */
export function canonicalString(fields: WireFields | PlainFields): string {
  return joined(piecesOf(WireFields.from(fields)));
}

/** The signature of a message, 32 upper-case hexadecimal digits. Throws a RangeError for an empty secret. */
export function sign(fields: WireFields | PlainFields, secret: string | Secret): string {
  return explainSignature(fields, secret).sign;
}

/**
 * Whether the message's own `sign` is the right one. Missing, empty and non-text signs are wrong, letter case is not
 * looked at, and the comparison takes the same time wherever the difference is. Throws a RangeError for an empty secret.
 */
export function verify(fields: WireFields | PlainFields, secret: string | Secret): boolean {
  const received = WireFields.from(fields);
  const given = received.get("sign");
  return isSign(given?.kind === "text" ? given.text : null, sign(received, secret));
}

/** Whether a signature that came apart from its fields is the right one, under the rules of `verify`. */
export function verifyDetached(
  fields: WireFields | PlainFields,
  given: string | null,
  secret: string | Secret,
): boolean {
  return isSign(given, sign(fields, secret));
}

/** Every step from the fields to the signature. `sign` is its last step, so what is shown is what is sent. */
export function explainSignature(fields: WireFields | PlainFields, secret: string | Secret): SignatureExplanation {
  const received = WireFields.from(fields);
  const key = typeof secret === "string" ? secret : secret.reveal();
  if (key === "") throw new RangeError("A message cannot be signed with an empty secret.");
  const pieces = piecesOf(received);
  const text = joined(pieces);
  return {
    pieces,
    skipped: skippedOf(received),
    canonicalString: text,
    maskedText: `${text}key=<key>`,
    sign: md5(`${text}key=${key}`),
  };
}

function piecesOf(fields: WireFields): SignedPiece[] {
  // Pieces that differ only in case keep the order of the server's map, which is a hash table.
  return (
    inHashTableOrder(fields.members)
      .filter((member) => reasonToSkip(member) === null)
      .map(({ name, value }) => pieceOf(name, javaText(value)))
      // Whole pieces, not names: the reference server does, so `a1=` comes before `a=`.
      .sort((left, right) => compareIgnoringCase(left.piece, right.piece))
  );
}

function pieceOf(name: string, text: string): SignedPiece {
  return { name, text, piece: `${name}=${text}&` };
}

function joined(pieces: readonly SignedPiece[]): string {
  return pieces.map(({ piece }) => piece).join("");
}

function reasonToSkip({ name, value }: WireMember): Exclude<SkippedField["reason"], "replaced"> | null {
  if (name === "sign") return "is-sign";
  if (value.kind === "null") return "null";
  return value.kind === "text" && value.text === "" ? "empty" : null;
}

function skippedOf(fields: WireFields): SkippedField[] {
  return fields.members.flatMap((member): SkippedField[] => {
    const reason = fields.get(member.name) === member.value ? reasonToSkip(member) : "replaced";
    return reason === null ? [] : [{ name: member.name, reason }];
  });
}

// Java writes half of a surrogate pair as a question mark.
const loneSurrogate = /\p{Surrogate}/gu;

function md5(text: string): string {
  return createHash("md5").update(text.replace(loneSurrogate, "?"), "utf8").digest("hex").toUpperCase();
}

function isSign(given: string | null, expected: string): boolean {
  if (given === null || !/^[0-9a-fA-F]{32}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given.toUpperCase(), "latin1"), Buffer.from(expected, "latin1"));
}
