import type { Piece } from "./recipe";

/** One signed text, divided into fields in two ways. Both have the same signature. */
export type Divisions = { readonly asSent: readonly Piece[]; readonly asDivided: readonly Piece[] };

/**
 * What the signed text also says: nothing in it marks where a value ends, so a reader that divides it at every `&` gets
 * other fields. `null` when there is one way only.
 *
 * Source: engineering.md A3.
 */
export function otherDivision(pieces: readonly Piece[]): Divisions | null {
  const asDivided = pieces
    .map(({ name, text }) => `${name}=${text}`)
    .join("&")
    .split("&")
    .filter((piece) => piece !== "")
    .map(pieceOf);
  const isSame =
    asDivided.length === pieces.length &&
    asDivided.every(({ name, text }, at) => name === pieces[at]?.name && text === pieces[at]?.text);
  return isSame ? null : { asSent: pieces, asDivided };
}

function pieceOf(text: string): Piece {
  const end = text.indexOf("=");
  return end === -1 ? { name: text, text: "" } : { name: text.slice(0, end), text: text.slice(end + 1) };
}
