/** A ratio of two sides: the median over the rounds, and its range. */
export type Ratio = { median: number; low: number; high: number };

/** The middle of the numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

/** The value below which `share` of the numbers lie, interpolated. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error("there is nothing to take a percentile of");
  return below + (above - below) * (place - Math.floor(place));
}

/** Candidate by reference, round by round. Numbers of different rounds are never divided. */
export function pairedRatio(candidate: readonly number[], reference: readonly number[]): Ratio {
  if (candidate.length !== reference.length) throw new Error("both sides of a comparison need the same rounds");
  const ratios = candidate.map((value, round) => value / (reference[round] ?? Number.NaN));
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}

/** Whether a comparison of the reference with itself came out as it must: otherwise the run says nothing. */
export function isNull({ median: middle }: Ratio): boolean {
  return middle >= 0.9 && middle <= 1.1;
}

/**
 * The order of one round: there and back again (A B C C B A), so that a machine that slowly becomes busier does so for
 * every side alike. Every second round begins at the other end.
 */
export function thereAndBack<T>(sides: readonly T[], round: number): T[] {
  const there = round % 2 === 0 ? [...sides] : sides.toReversed();
  return [...there, ...there.toReversed()];
}
