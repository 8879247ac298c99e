import { encodableText } from "@/lib/gateway/canonical-string";
import { md5After } from "./hashes";
import { freeTextNames } from "./known-names";
import { applied, areCompatible, type Mistake, rewriting } from "./mistake";
import { cutValue, lostEndings } from "./mistakes/cut-values";
import { mistypedKey, mistypedKeys } from "./mistakes/mistyped-key";
import { regeneratedSaid } from "./mistakes/numbers";
import type { PrintedDigest } from "./printed-digest";
import { digestOf, listOf, type Material, makesSameList, piecesOf, type Recipe, rightRecipe, textOf } from "./recipe";

/** A way that gives exactly what was received. No mistakes and no labels of printing: it is right. */
export type Hit = { readonly mistakes: readonly Mistake[]; readonly printed: PrintedDigest };

export type Found = {
  /** The likeliest first. Empty: nothing fits. */
  readonly hits: readonly Hit[];
  /** How many digests were computed. */
  readonly tried: number;
};

/** How much may be hashed for one verdict: about half a second of one slow processor. */
export const searchLimits = { bytes: 24_000_000, digests: 80_000 };

/**
 * Looks for the ways that give what was received: the right one, each mistake alone, guesses about single values, and
 * pairs of mistakes. It ends with the first of these four that gives an answer.
 */
export function search(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  mayBeCut: boolean,
): Found {
  const effort = new Effort();
  const stages = [
    () => tryRight(material, printed, effort),
    () => trySingles(material, mistakes, printed, effort),
    () => tryGuesses(material, printed, effort),
    () => tryPairs(material, mistakes, printed, effort),
    () => (mayBeCut ? tryCutValues(material, printed, effort) : []),
  ];
  for (const stage of stages) {
    const hits = stage();
    if (hits.length > 0) return { hits: likeliestFirst(hits), tried: effort.digests };
  }
  return { hits: [], tried: effort.digests };
}

class Effort {
  digests = 0;
  #bytes = 0;

  spend(bytes: number): void {
    this.digests++;
    this.#bytes += bytes;
  }

  get isOver(): boolean {
    return this.digests >= searchLimits.digests || this.#bytes >= searchLimits.bytes;
  }
}

function tryRight(material: Material, printed: readonly PrintedDigest[], effort: Effort): Hit[] {
  const digest = computed(rightRecipe, material, textOf(rightRecipe, material), effort);
  return shown(digest, printed).map((print) => ({ mistakes: [], printed: print }));
}

function trySingles(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  effort: Effort,
): Hit[] {
  return mistakes.flatMap((mistake): Hit[] => {
    const recipe = mistake.change(rightRecipe);
    if (effort.isOver || !printed.some(({ length }) => length === recipe.hash.length)) return [];
    const digest = computed(recipe, material, textOf(recipe, material), effort);
    return shown(digest, printed).map((print) => ({ mistakes: [mistake], printed: print }));
  });
}

/** A mistake that can take part in a pair, with what the pairs share. */
type Half = { readonly mistake: Mistake; readonly recipe: Recipe; readonly list: string; readonly sameAs: Mistake[] };

function tryPairs(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  effort: Effort,
): Hit[] {
  const whole = printed.filter(({ isPart }) => !isPart);
  const halves = halvesOf(material, mistakes, effort);
  const hits: Hit[] = [];
  for (const [at, first] of halves.entries()) {
    for (const second of halves.slice(at + 1)) {
      if (effort.isOver) return hits;
      if (!areCompatible(first.mistake, second.mistake)) continue;
      const recipe = second.mistake.change(first.recipe);
      const fitting = whole.filter(({ length }) => length === recipe.hash.length);
      if (fitting.length === 0) continue;
      const text = textOf(recipe, material, makesSameList(recipe, first.recipe) ? first.list : undefined);
      const found = shown(computed(recipe, material, text, effort), fitting);
      for (const print of found) hits.push(...equalPairs(first, second, print, material, effort));
    }
  }
  return hits;
}

/** Of mistakes that do the same to this message one stands for all. Those that do nothing to it are no half of a pair. */
function halvesOf(material: Material, mistakes: readonly Mistake[], effort: Effort): Half[] {
  const rightText = textOf(rightRecipe, material);
  const byResult = new Map<string, Half>();
  for (const mistake of [...mistakes].sort(byLikelihood)) {
    if (mistake.isAlone || effort.isOver) continue;
    const recipe = mistake.change(rightRecipe);
    const list = listOf(recipe, material);
    const text = textOf(recipe, material, list);
    const isByteStep = recipe.encode !== rightRecipe.encode || recipe.hash !== rightRecipe.hash;
    const isOrder = recipe.arrange !== rightRecipe.arrange;
    if (!isByteStep && !isOrder && text === rightText) continue;
    if (recipe.encode !== rightRecipe.encode && !/[^\0-\x7f]/.test(text) && !changesAscii(recipe)) continue;
    const result = isByteStep || isOrder ? mistake.label : text;
    const known = byResult.get(result);
    if (known) known.sameAs.push(mistake);
    else byResult.set(result, { mistake, recipe, list, sameAs: [] });
  }
  const place = new Map(mistakes.map((mistake, at) => [mistake, at]));
  return [...byResult.values()].sort((left, right) => (place.get(left.mistake) ?? 0) - (place.get(right.mistake) ?? 0));
}

function changesAscii({ encode }: Recipe): boolean {
  return encode("a").length !== 1;
}

/** A pair that fits, and the pairs of the mistakes that their halves stand for, as far as they fit as well. */
function equalPairs(first: Half, second: Half, printed: PrintedDigest, material: Material, effort: Effort): Hit[] {
  const firsts = [first.mistake, ...first.sameAs];
  const seconds = [second.mistake, ...second.sameAs];
  return firsts.flatMap((one) =>
    seconds.flatMap((other): Hit[] => {
      if (!areCompatible(one, other)) return [];
      const recipe = applied([one, other]);
      if (!printed.shows(computed(recipe, material, textOf(recipe, material), effort))) return [];
      return [{ mistakes: [one, other], printed }];
    }),
  );
}

/** Guesses about one value, of which there are too many to be mistakes of their own. */
function tryGuesses(material: Material, printed: readonly PrintedDigest[], effort: Effort): Hit[] {
  const fitting = printed.filter(({ length, isPart }) => length === 16 && !isPart);
  if (fitting.length === 0) return [];
  return [...tryClock(material, fitting, effort), ...tryMistypedKeys(material, fitting, effort)];
}

function tryClock(material: Material, printed: readonly PrintedDigest[], effort: Effort): Hit[] {
  const { before, value, behind } = aroundValue(material, "reqTime");
  if (!/^[0-9]{13}$/.test(value)) return [];
  const digestWith = md5After(before);
  for (const offsetMs of clockOffsets()) {
    if (effort.isOver) return [];
    const signed = String(Number(value) + offsetMs);
    effort.spend(behind.length + (before.length % 64));
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

function tryMistypedKeys(material: Material, printed: readonly PrintedDigest[], effort: Effort): Hit[] {
  const { secret } = material;
  const text = encodableText(textOf(rightRecipe, material));
  const digestWith = md5After(text.slice(0, text.length - secret.length));
  for (const mistyped of mistypedKeys(secret)) {
    if (effort.isOver) return [];
    effort.spend(secret.length);
    const hits = shown(digestWith(mistyped.key), printed);
    if (hits.length > 0) return hits.map((print) => ({ mistakes: [mistypedKey(mistyped)], printed: print }));
  }
  return [];
}

function tryCutValues(material: Material, printed: readonly PrintedDigest[], effort: Effort): Hit[] {
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
      effort.spend(behind.length);
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

function computed(recipe: Recipe, material: Material, text: string, effort: Effort): Uint8Array {
  effort.spend(text.length);
  return digestOf(recipe, material, text);
}

function shown(digest: Uint8Array, printed: readonly PrintedDigest[]): PrintedDigest[] {
  return printed.filter(({ length, shows }) => length === digest.length && shows(digest));
}

function byLikelihood(left: Mistake, right: Mistake): number {
  return left.likelihood - right.likelihood;
}

function likeliestFirst(hits: readonly Hit[]): Hit[] {
  const oddity = ({ mistakes, printed }: Hit) =>
    mistakes.reduce((sum, { likelihood }) => sum + likelihood, 0) + printed.labels.length + (printed.isPart ? 3 : 0);
  return [...hits].sort((left, right) => oddity(left) - oddity(right));
}
