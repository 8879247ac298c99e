import type { Mistake } from "./mistake";
import type { PrintedDigest } from "./printed-digest";
import { digestOf, type Material, type Recipe } from "./recipe";

/** A way that gives exactly what was received. No mistakes and no labels of printing: it is right. */
export type Hit = { readonly mistakes: readonly Mistake[]; readonly printed: PrintedDigest };

/** Work that gives how many digests it has tried whenever others should have a turn, and at last its result. */
export type Steps<Value> = Generator<number, Value>;

/** How much may be hashed for one verdict: about half a second of one slow processor. */
export const searchLimits = { bytes: 40_000_000, digests: 80_000 };

/** About three milliseconds of work. A digest costs as much as some bytes before it reads the first one. */
const turn = { bytes: 120_000, bytesOfADigest: 200 };

export class Effort {
  digests = 0;
  #bytes = 0;
  #sinceTurn = 0;

  spend(bytes: number): void {
    this.digests++;
    this.#bytes += bytes;
    this.#sinceTurn += bytes + turn.bytesOfADigest;
  }

  get isOver(): boolean {
    return this.digests >= searchLimits.digests || this.#bytes >= searchLimits.bytes;
  }

  /** Lets others have a turn when enough was hashed since the last one. */
  *breathe(): Steps<void> {
    if (this.#sinceTurn < turn.bytes) return;
    this.#sinceTurn = 0;
    yield this.digests;
  }
}

export function computed(recipe: Recipe, material: Material, text: string, effort: Effort): Uint8Array {
  effort.spend(text.length);
  return digestOf(recipe, material, text);
}

export function shown(digest: Uint8Array, printed: readonly PrintedDigest[]): PrintedDigest[] {
  return printed.filter(({ length, shows }) => length === digest.length && shows(digest));
}

/** Does all the steps at once. */
export function drained<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** How long it works before everything else of the process or the page has its turn. */
const sliceMs = 20;

/**
 * Does the steps with a pause every few milliseconds, so that neither a page nor a server is held up.
 *
 * @throws what the steps throw, and the reason of the signal when it was told to stop
 */
export async function gradually<Value>(steps: Steps<Value>, signal?: AbortSignal): Promise<Value> {
  let sliceEnd = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    await pause();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + sliceMs;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
