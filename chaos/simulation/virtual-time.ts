import { newId, PersonId } from "@/lib/domain/ids";
import { randomFrom } from "../core/random";

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
 * @param turn  the number of the present turn, or `null` between two days; without it one draw follows the other
 */
export function virtualiseProcess(now: () => number, turn?: () => number | null): VirtualProcess {
  let start = 0;
  let random = randomFrom(0);
  let bytesRandom = randomFrom(1);
  let drawings = 0;
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
  // Follows from the turn alone: libraries take chance for their own ends, whenever they like, and shift nothing.
  Math.random = () => {
    if (!turn) return random.next();
    const present = turn();
    return present === null ? real.random() : randomFrom(start + present).next();
  };
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    const bytes = array ? new Uint8Array(array.buffer, array.byteOffset, array.byteLength) : new Uint8Array(0);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = bytesRandom.below(256);
    drawings += 1;
    return array;
  };
  return {
    reseed(seed) {
      start = seed;
      random = randomFrom(seed);
      bytesRandom = randomFrom(seed + 1);
      // Ids are drawn in advance: uses up those that were drawn for another seed.
      for (const before = drawings; drawings === before; ) newId(PersonId);
    },
    restore() {
      globalThis.Date = real.Date;
      Math.random = real.random;
      crypto.getRandomValues = real.getRandomValues;
    },
  };
}
