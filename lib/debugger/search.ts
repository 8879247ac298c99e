import { computed, drained, Effort, type Hit, type Steps, shown } from "./effort";
import { type KeyGuesses, tryClock, tryCutValues, tryMistypedKeys } from "./guesses";
import { applied, areCompatible, type Mistake } from "./mistake";
import type { PrintedDigest } from "./printed-digest";
import { listOf, type Material, makesSameList, type Recipe, rightRecipe, textOf } from "./recipe";

export type Found = {
  /** The likeliest first. Empty: nothing fits. */
  readonly hits: readonly Hit[];
  /** How many digests were computed. */
  readonly tried: number;
  /** How far it went: each of these includes those before it. */
  readonly reached: Stage;
};

export const stages = ["rule", "single", "guess", "pair", "cut-value"] as const;
export type Stage = (typeof stages)[number];

/** What a search tries beside the mistakes themselves. */
export type Reach = { readonly mayBeCut: boolean; readonly keyGuesses: KeyGuesses };

/**
 * Looks for the ways that give what was received: the right one, each mistake alone, guesses about single values, and
 * pairs of mistakes. It ends with the first of these that gives an answer.
 */
export function search(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  reach: Reach,
): Found {
  return drained(searching(material, mistakes, printed, reach));
}

/** The same, in steps of a few milliseconds. */
export function* searching(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  { mayBeCut, keyGuesses }: Reach,
): Steps<Found> {
  const effort = new Effort();
  const work: Record<Stage, () => Steps<Hit[]>> = {
    rule: () => tryRight(material, printed, effort),
    single: () => trySingles(material, mistakes, printed, effort),
    guess: () => tryGuesses(material, printed, keyGuesses, effort),
    pair: () => tryPairs(material, mistakes, printed, effort),
    "cut-value": () => tryCutValues(material, printed, effort),
  };
  for (const stage of stages.filter((one) => mayBeCut || one !== "cut-value")) {
    const hits = yield* work[stage]();
    if (hits.length > 0) return { hits: likeliestFirst(hits), tried: effort.digests, reached: stage };
  }
  return { hits: [], tried: effort.digests, reached: mayBeCut ? "cut-value" : "pair" };
}

function* tryRight(material: Material, printed: readonly PrintedDigest[], effort: Effort): Steps<Hit[]> {
  const digest = computed(rightRecipe, material, textOf(rightRecipe, material), effort);
  yield* effort.breathe();
  return shown(digest, printed).map((print) => ({ mistakes: [], printed: print }));
}

function* trySingles(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  effort: Effort,
): Steps<Hit[]> {
  const hits: Hit[] = [];
  for (const mistake of mistakes) {
    const recipe = mistake.change(rightRecipe);
    if (effort.isOver || !printed.some(({ length }) => length === recipe.hash.length)) continue;
    yield* effort.breathe();
    const digest = computed(recipe, material, textOf(recipe, material), effort);
    for (const print of shown(digest, printed)) hits.push({ mistakes: [mistake], printed: print });
  }
  return hits;
}

/** Guesses about one value, of which there are too many to be mistakes of their own. */
function* tryGuesses(
  material: Material,
  printed: readonly PrintedDigest[],
  keyGuesses: KeyGuesses,
  effort: Effort,
): Steps<Hit[]> {
  const fitting = printed.filter(({ length, isPart }) => length === 16 && !isPart);
  if (fitting.length === 0) return [];
  const clock = yield* tryClock(material, fitting, effort);
  const keys = yield* tryMistypedKeys(material, fitting, keyGuesses, effort);
  return [...clock, ...keys];
}

/** A mistake that can take part in a pair, with what the pairs share. */
type Half = {
  readonly mistake: Mistake;
  readonly recipe: Recipe;
  readonly list: string;
  /** Mistakes that do the same to this message, less likely ones. */
  readonly sameAs: Mistake[];
  /** Another character set, which shows only where the text is more than ASCII. */
  readonly isIdleOnAscii: boolean;
};

function* tryPairs(
  material: Material,
  mistakes: readonly Mistake[],
  printed: readonly PrintedDigest[],
  effort: Effort,
): Steps<Hit[]> {
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
      if (second.isIdleOnAscii && isAscii(text)) continue;
      yield* effort.breathe();
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
    const result = isByteStep || isOrder ? mistake.label : text;
    const known = byResult.get(result);
    if (known) known.sameAs.push(mistake);
    else byResult.set(result, { mistake, recipe, list, sameAs: [], isIdleOnAscii: isIdleOnAscii(recipe) });
  }
  const place = new Map(mistakes.map((mistake, at) => [mistake, at]));
  return [...byResult.values()].sort((left, right) => (place.get(left.mistake) ?? 0) - (place.get(right.mistake) ?? 0));
}

function isIdleOnAscii({ encode }: Recipe): boolean {
  return encode !== rightRecipe.encode && encode("a").length === 1;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
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

function byLikelihood(left: Mistake, right: Mistake): number {
  return left.likelihood - right.likelihood;
}

function likeliestFirst(hits: readonly Hit[]): Hit[] {
  const oddity = ({ mistakes, printed }: Hit) =>
    mistakes.reduce((sum, { likelihood }) => sum + likelihood, 0) + printed.labels.length + (printed.isPart ? 3 : 0);
  return [...hits].sort((left, right) => oddity(left) - oddity(right));
}
