import { percentile } from "../statistics";

/** What two interleaved samples say about each other. */
export type Comparison = {
  /** Welch's t: how many standard errors the means lie apart. Positive where the first side took longer. */
  t: number;
  /** Mean of the first side less mean of the second, in the unit of the samples. */
  difference: number;
};

/**
 * Compares two samples by Welch's t-test, without the longest quarter of both together: what the machine did meanwhile is in
 * those, and it hides small differences.
 *
 * @param share  how much of both together is kept, the shortest first
 */
export function compare(first: Float64Array, second: Float64Array, share = 0.75): Comparison {
  const longest = percentile([...first, ...second], share);
  const [one, other] = [momentsOf(first, longest), momentsOf(second, longest)];
  const difference = one.mean - other.mean;
  const error = Math.sqrt(one.variance / one.count + other.variance / other.count);
  if (error === 0) return { t: difference === 0 ? 0 : Math.sign(difference) * Number.POSITIVE_INFINITY, difference };
  return { t: difference / error, difference };
}

/** Mean and sample variance of what is not longer, in one pass (Welford). */
function momentsOf(sample: Float64Array, longest: number): { count: number; mean: number; variance: number } {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of sample) {
    if (value > longest) continue;
    count += 1;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  if (count < 2) throw new Error("a sample of fewer than two cannot be compared");
  return { count, mean, variance: squares / (count - 1) };
}
