import { maskText } from "@/lib/gateway/masking";
import { maskValue } from "./mask-value";
import { type Material, type Piece, piecesOf, type Recipe, rightRecipe, shownTextOf } from "./recipe";

/** Where two texts part: what they share before and behind it is left out but for a few characters. */
export type Difference = {
  /** Counted from 1, in characters of the right text. */
  readonly at: number;
  readonly before: string;
  /** What stands there in the text that was hashed; empty where something is missing. */
  readonly hashed: string;
  readonly right: string;
  readonly behind: string;
};

export type Evidence = {
  /** The text that was hashed, with `<key>` for the secret and card numbers masked. */
  readonly hashedText: string;
  /** `null` when the texts are equal and the slip comes later, in bytes, hash or printing. */
  readonly difference: Difference | null;
  /** The fields that were signed, in the order in which they were joined, masked likewise. */
  readonly pieces: readonly Piece[];
  /** The fields whose part in the text differs from the right one. */
  readonly fields: readonly FieldDifference[];
};

export type FieldDifference = {
  readonly name: string;
  readonly is: "left-out" | "added" | "changed";
  /** The text that was signed; `null` for one that was left out. */
  readonly signed: string | null;
};

export function rightTextOf(material: Material): string {
  return maskText(shownTextOf(rightRecipe, material));
}

export function evidenceOf(recipe: Recipe, material: Material): Evidence {
  const hashedText = maskText(shownTextOf(recipe, material));
  const pieces = shownPieces(recipe, material);
  return {
    hashedText,
    difference: differenceOf(hashedText, rightTextOf(material)),
    pieces: pieces.map(({ name, text }) => ({ name, text: maskValue(name, text) })),
    fields: fieldDifferences(pieces, material),
  };
}

const shownAround = 24;

function differenceOf(hashed: string, right: string): Difference | null {
  if (hashed === right) return null;
  const shorter = Math.min(hashed.length, right.length);
  let start = 0;
  while (start < shorter && hashed[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && hashed[hashed.length - 1 - end] === right[right.length - 1 - end]) end++;
  // A placeholder is one thing: the difference is `<key>`, not the letters of the word.
  const placeholder = right.lastIndexOf("<key>", start);
  if (placeholder !== -1 && start > placeholder && start < placeholder + "<key>".length) {
    start = placeholder;
    end = Math.min(end, right.length - placeholder - "<key>".length);
  }
  // A piece that is missing is shown whole: `signType=MD5&`, not `ignType=MD5&s`.
  while (
    start > 0 &&
    end < shorter &&
    right[start - 1] !== "&" &&
    hashed[hashed.length - end - 1] !== "&" &&
    isShift(hashed, right, start, end)
  ) {
    start--;
    end++;
  }
  const before = right.slice(Math.max(0, start - shownAround), start);
  const behind = right.slice(right.length - end, right.length - end + shownAround);
  return {
    at: start + 1,
    before: start > shownAround ? `…${before}` : before,
    hashed: hashed.slice(start, hashed.length - end),
    right: right.slice(start, right.length - end),
    behind: end > shownAround ? `${behind}…` : behind,
  };
}

/** Whether the same difference may also be said to begin one character earlier. */
function isShift(hashed: string, right: string, start: number, end: number): boolean {
  const hashedStays = hashed[start - 1] === hashed[hashed.length - end - 1];
  return hashedStays && right[start - 1] === right[right.length - end - 1];
}

function shownPieces(recipe: Recipe, material: Material): Piece[] {
  return piecesOf({ ...recipe, keyOf: recipe.showKey }, { ...material, secret: "<key>" });
}

function fieldDifferences(pieces: readonly Piece[], material: Material): FieldDifference[] {
  const signed = new Map(pieces.map(({ name, text }) => [name, text]));
  const right = new Map(piecesOf(rightRecipe, material).map(({ name, text }) => [name, text]));
  const differences: FieldDifference[] = [];
  for (const [name, text] of right) {
    const here = signed.get(name);
    if (here === undefined) differences.push({ name, is: "left-out", signed: null });
    else if (here !== text) differences.push({ name, is: "changed", signed: maskValue(name, here) });
  }
  for (const [name, text] of signed)
    if (!right.has(name)) differences.push({ name, is: "added", signed: maskValue(name, text) });
  return differences;
}
