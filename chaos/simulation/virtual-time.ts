import { type Random, randomFrom } from "../core/random";

/** What of this process is replaced, so that nothing in it depends on the real clock or on real chance. */
export type VirtualProcess = {
  /** Restarts chance from a seed. */
  reseed(seed: number): void;
  restore(): void;
};

/**
 * `Date`, `Math.random` and `crypto.getRandomValues` follow the simulation until `restore`.
 *
 * @param now  epoch milliseconds as this process sees them; its clock may differ from the database's
 * @param isProduct  whether the product is asking: libraries take chance for their own ends, whenever they like
 */
export function virtualiseProcess(now: () => number, isProduct: () => boolean = () => true): VirtualProcess {
  let random: Random = randomFrom(0);
  // Ids are drawn in advance, so how many are drawn when must not shift anything else.
  let bytesRandom: Random = randomFrom(1);
  const real = {
    Date: globalThis.Date,
    random: Math.random,
    getRandomValues: crypto.getRandomValues,
  };
  class VirtualDate extends real.Date {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [now()] : parts) as [number]));
    }
    static override now(): number {
      return now();
    }
    static override [Symbol.hasInstance](value: unknown): boolean {
      return Object.prototype.toString.call(value) === "[object Date]";
    }
  }
  globalThis.Date = VirtualDate as unknown as DateConstructor;
  Math.random = () => (isProduct() ? random.next() : real.random());
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    const bytes = array ? new Uint8Array(array.buffer, array.byteOffset, array.byteLength) : new Uint8Array(0);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = bytesRandom.below(256);
    return array;
  };
  return {
    reseed(seed) {
      random = randomFrom(seed);
      bytesRandom = randomFrom(seed + 1);
    },
    restore() {
      globalThis.Date = real.Date;
      Math.random = real.random;
      crypto.getRandomValues = real.getRandomValues;
    },
  };
}
