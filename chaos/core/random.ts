/** Numbers that look random and are the same for the same seed, on every machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** A new list with the same items. */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** A generator of its own, so that more draws in one place do not shift the draws in another. */
  fork(): Random;
};

/** Source: the `sfc32` generator of the PractRand test suite, seeded through `splitmix32`. */
export function randomFrom(seed: number): Random {
  const draw = sfc32(seed);
  const next = () => draw() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  const random: Random = {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError("Nothing to pick from.");
      return item;
    },
    shuffled: (items) => {
      const left = [...items];
      return items.flatMap(() => left.splice(below(left.length), 1));
    },
    fork: () => randomFrom(draw()),
  };
  return random;
}

/** A seed for one part of a run: the part can be repeated alone. */
export function seedOf(seed: number, part: number): number {
  const mix = splitmix32((seed ^ Math.imul(part + 1, 0x9e3779b1)) >>> 0);
  mix();
  return mix();
}

function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

function sfc32(seed: number): () => number {
  const mix = splitmix32(seed);
  let [a, b, c, counter] = [mix(), mix(), mix(), 1];
  return () => {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + result) >>> 0;
    return result;
  };
}
