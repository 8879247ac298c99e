import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/domain/secret";
import {
  encodableText,
  joinedPieces,
  type SignedPiece,
  type SkippedField,
  signedPieces,
  skippedFields,
} from "./canonical-string";
import { signingKey } from "./signing-key";
import { type PlainFields, WireFields } from "./wire-fields";

export { canonicalString, type SignedPiece, type SkippedField } from "./canonical-string";

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
  const key = signingKey(secret);
  const pieces = signedPieces(received);
  const text = joinedPieces(pieces);
  return {
    pieces,
    skipped: skippedFields(received),
    canonicalString: text,
    maskedText: `${text}key=<key>`,
    sign: md5(`${text}key=${key}`),
  };
}

function md5(text: string): string {
  return createHash("md5").update(encodableText(text), "utf8").digest("hex").toUpperCase();
}

function isSign(given: string | null, expected: string): boolean {
  if (given === null || !/^[0-9a-fA-F]{32}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given.toUpperCase(), "latin1"), Buffer.from(expected, "latin1"));
}
