import { computed, Effort, type Hit, shown } from "./effort";
import { tryCutValues, tryGuesses } from "./guesses";
import { applied, areCompatible, type Mistake } from "./mistake";
import type { PrintedDigest } from "./printed-digest";
import { listOf, type Material, makesSameList, type Recipe, rightRecipe, textOf } from "./recipe";

export type Found = {
  /** The likeliest first. Empty: nothing fits. */
  readonly hits: readonly Hit[];
  /** How many digests were computed. */
  readonly tried: number;
};

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
type Half = {
  readonly mistake: Mistake;
  readonly recipe: Recipe;
  readonly list: string;
  /** Mistakes that do the same to this message, less likely ones. */
  readonly sameAs: Mistake[];
  /** Another character set, which shows only where the text is more than ASCII. */
  readonly isIdleOnAscii: boolean;
};

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
      if (second.isIdleOnAscii && isAscii(text)) continue;
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
