import { inHashTableOrder } from "./java-hash-table";
import { compareIgnoringCase, javaText } from "./java-text";
import { type PlainFields, WireFields, type WireMember } from "./wire-fields";

/** One field that takes part: `piece` is `name=value&`, the unit that is sorted. */
export type SignedPiece = { readonly name: string; readonly text: string; readonly piece: string };

/** A field that takes no part. `replaced` is one whose name comes again later. */
export type SkippedField = { readonly name: string; readonly reason: "is-sign" | "null" | "empty" | "replaced" };

/**
 * The text both sides hash, without its key: each field except `sign`, null and the empty string, as `name=value&`.
 * Values are not escaped, so it proves who sent a message, not how its fields were divided.
 *
 * Source: the reference server's signing class, `JeepayKit.getSign`; gateway-protocol 2.2.
 */
export function canonicalString(fields: WireFields | PlainFields): string {
  return joinedPieces(signedPieces(WireFields.from(fields)));
}

/** The fields that take part, in the order in which they are joined. */
export function signedPieces(fields: WireFields): SignedPiece[] {
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

export function joinedPieces(pieces: readonly SignedPiece[]): string {
  return pieces.map(({ piece }) => piece).join("");
}

function reasonToSkip({ name, value }: WireMember): Exclude<SkippedField["reason"], "replaced"> | null {
  if (name === "sign") return "is-sign";
  if (value.kind === "null") return "null";
  return value.kind === "text" && value.text === "" ? "empty" : null;
}

/** The fields that take no part, each with its reason, in the order of arrival. */
export function skippedFields(fields: WireFields): SkippedField[] {
  return fields.members.flatMap((member): SkippedField[] => {
    const reason = fields.get(member.name) === member.value ? reasonToSkip(member) : "replaced";
    return reason === null ? [] : [{ name: member.name, reason }];
  });
}

// Java writes half of a surrogate pair as a question mark.
const loneSurrogate = /\p{Surrogate}/gu;

/** The text as the server turns it into bytes: what UTF-8 cannot say is a question mark there. */
export function encodableText(text: string): string {
  return text.isWellFormed() ? text : text.replace(loneSurrogate, "?");
}
