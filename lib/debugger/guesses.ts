import { encodableText } from "@/lib/gateway/canonical-string";
import { type Effort, type Hit, type Steps, shown } from "./effort";
import { md5After } from "./hashes";
import { freeTextNames } from "./known-names";
import { rewriting } from "./mistake";
import { cutValue, lostEndings } from "./mistakes/cut-values";
import { mistypedKey, mistypedKeys } from "./mistakes/mistyped-key";
import { regeneratedSaid } from "./mistakes/numbers";
import type { PrintedDigest } from "./printed-digest";
import { type Material, piecesOf, rightRecipe, textOf } from "./recipe";

/**
 * Which keys are guessed that differ from the secret in one place.
 *
 * A person who may not know the secret but chooses message and signature learns from every verdict. A key that was cut
 * short would then tell the secret letter by letter, so `long` guesses only keys that nobody can guess themselves.
 */
export type KeyGuesses = "all" | "long" | "none";

/** Letters of the secret that a guess must keep: nobody finds as many by asking. */
const longEnough = 20;

export function* tryClock(material: Material, printed: readonly PrintedDigest[], effort: Effort): Steps<Hit[]> {
  const { before, value, behind } = aroundValue(material, "reqTime");
  if (!/^[0-9]{13}$/.test(value)) return [];
  const digestWith = md5After(before);
  for (const offsetMs of clockOffsets()) {
    if (effort.isOver) return [];
    yield* effort.breathe();
    const signed = String(Number(value) + offsetMs);
    effort.spend(before.length + behind.length);
    const mistake = () =>
      rewriting((text, { name }) => (name === "reqTime" ? signed : text), regeneratedSaid(offsetMs));
    const hits = shown(digestWith(`${signed}${behind}`), printed);
    if (hits.length > 0) return hits.map((print) => ({ mistakes: [mistake()], printed: print }));
  }
  return [];
}

const longestClockGapMs = { older: 5_000, newer: 1_000 };

function* clockOffsets(): Generator<number> {
  for (let ms = 1; ms <= longestClockGapMs.older; ms++) {
    yield -ms;
    if (ms <= longestClockGapMs.newer) yield ms;
  }
}

export function* tryMistypedKeys(
  material: Material,
  printed: readonly PrintedDigest[],
  guesses: KeyGuesses,
  effort: Effort,
): Steps<Hit[]> {
  if (guesses === "none") return [];
  const { secret } = material;
  const shortest = guesses === "long" ? Math.min(longEnough, secret.length - 2) : 0;
  const text = encodableText(textOf(rightRecipe, material));
  const digestWith = md5After(text.slice(0, text.length - secret.length));
  for (const mistyped of mistypedKeys(secret)) {
    if (effort.isOver) return [];
    if (mistyped.key.length < shortest) continue;
    yield* effort.breathe();
    effort.spend(text.length);
    const hits = shown(digestWith(mistyped.key), printed);
    if (hits.length > 0) return hits.map((print) => ({ mistakes: [mistypedKey(mistyped)], printed: print }));
  }
  return [];
}

export function* tryCutValues(material: Material, printed: readonly PrintedDigest[], effort: Effort): Steps<Hit[]> {
  const fitting = printed.filter(({ length, isPart }) => length === 16 && !isPart);
  const pieces = piecesOf(rightRecipe, material);
  for (const { name, text } of pieces) {
    if (!freeTextNames.has(name)) continue;
    const { before, behind } = aroundValue(material, name);
    const digestWith = md5After(`${before}${text}`);
    for (const ending of lostEndings(
      text,
      pieces.map((piece) => piece.text),
    )) {
      if (effort.isOver) return [];
      yield* effort.breathe();
      effort.spend(before.length + behind.length);
      const hits = shown(digestWith(`${ending}${behind}`), fitting);
      if (hits.length > 0) return hits.map((print) => ({ mistakes: [cutValue(name, ending)], printed: print }));
    }
  }
  return [];
}

/** The right text, split at one value. */
function aroundValue(material: Material, name: string): { before: string; value: string; behind: string } {
  const text = encodableText(textOf(rightRecipe, material));
  const pieces = piecesOf(rightRecipe, material);
  const at = pieces.findIndex((piece) => piece.name === name);
  const value = pieces[at]?.text ?? "";
  const start =
    pieces
      .slice(0, Math.max(at, 0))
      .map((piece) => `${rightRecipe.pair(piece)}&`)
      .join("").length +
    name.length +
    1;
  return { before: text.slice(0, start), value, behind: text.slice(start + value.length) };
}
