import { AsyncLocalStorage } from "node:async_hooks";

/** What the use cases give a gateway to answer. */
const usualMs = 15_000;

const impatience = new AsyncLocalStorage<{ isArmed: boolean }>();

/** A flow of work of its own, in which one call may be told to be impatient. */
export function withOwnPatience<Value>(work: () => Promise<Value>): Promise<Value> {
  return impatience.run({ isArmed: false }, work);
}

/**
 * Makes the next call that this flow of work begins wait less, and only that one: a busy machine needs the whole time
 * for what is answered.
 */
export function beImpatientOnce(): void {
  const flow = impatience.getStore();
  if (!flow) throw new Error("Nothing keeps this impatience from others.");
  flow.isArmed = true;
}

/**
 * Shortens the deadline of impatient calls, without a word in the product: its timers of exactly that length.
 *
 * @returns puts the real timers back; throws when no such timer was ever set, because then this file is out of date
 */
export function shortenDeadlines(milliseconds: number): () => void {
  const real = globalThis.setTimeout;
  let seen = 0;
  const shorter = (handler: () => void, ms = 0, ...rest: unknown[]) => {
    if (ms !== usualMs) return real(handler, ms, ...rest);
    seen += 1;
    const flow = impatience.getStore();
    if (!flow?.isArmed) return real(handler, ms, ...rest);
    flow.isArmed = false;
    return real(handler, milliseconds, ...rest);
  };
  globalThis.setTimeout = Object.assign(shorter, { __promisify__: real.__promisify__ }) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = real;
    if (seen === 0) throw new Error(`No call had a deadline of ${usualMs} ms: the use cases have another one now.`);
  };
}
