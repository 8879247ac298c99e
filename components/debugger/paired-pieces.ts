import type { Piece } from "@/lib/debugger/recipe";

/** One line of two orders held side by side. A piece that only one of them has stands alone. */
export type PiecePair = { readonly right: Piece | null; readonly signed: Piece | null };

/** Both orders line by line: what one of them lacks moves nothing behind it, so only a real change of order shows as one. */
export function pairedPieces(right: readonly Piece[], signed: readonly Piece[]): PiecePair[] {
  const pairs: PiecePair[] = [];
  let [at, beside] = [0, 0];
  while (at < right.length || beside < signed.length) {
    const [here, there] = [right[at] ?? null, signed[beside] ?? null];
    const isMissing = here !== null && !isNamed(signed, here);
    const isExtra = !isMissing && there !== null && !isNamed(right, there);
    pairs.push({ right: isExtra ? null : here, signed: isMissing ? null : there });
    if (!isExtra) at++;
    if (!isMissing) beside++;
  }
  return pairs;
}

function isNamed(pieces: readonly Piece[], { name }: Piece): boolean {
  return pieces.some((piece) => piece.name === name);
}
