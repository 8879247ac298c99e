/** What the use cases give a gateway to answer. */
const usualMs = 15_000;

/**
 * Makes the use cases wait less for a gateway, without a word in the product: its timers of exactly that length are
 * shortened.
 *
 * @returns puts the real timers back; throws when no such timer was ever set, because then this file is out of date
 */
export function shortenDeadlines(milliseconds: number): () => void {
  const real = globalThis.setTimeout;
  let shortened = 0;
  const shorter = (handler: () => void, ms = 0, ...rest: unknown[]) => {
    if (ms !== usualMs) return real(handler, ms, ...rest);
    shortened += 1;
    return real(handler, milliseconds, ...rest);
  };
  globalThis.setTimeout = Object.assign(shorter, { __promisify__: real.__promisify__ }) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = real;
    if (shortened === 0)
      throw new Error(`No call had a deadline of ${usualMs} ms: the use cases have another one now.`);
  };
}
