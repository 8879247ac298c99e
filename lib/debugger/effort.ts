import type { Mistake } from "./mistake";
import type { PrintedDigest } from "./printed-digest";
import { digestOf, type Material, type Recipe } from "./recipe";

/** A way that gives exactly what was received. No mistakes and no labels of printing: it is right. */
export type Hit = { readonly mistakes: readonly Mistake[]; readonly printed: PrintedDigest };

/** How much may be hashed for one verdict: about half a second of one slow processor. */
export const searchLimits = { bytes: 40_000_000, digests: 80_000 };

export class Effort {
  digests = 0;
  #bytes = 0;

  spend(bytes: number): void {
    this.digests++;
    this.#bytes += bytes;
  }

  get isOver(): boolean {
    return this.digests >= searchLimits.digests || this.#bytes >= searchLimits.bytes;
  }
}

export function computed(recipe: Recipe, material: Material, text: string, effort: Effort): Uint8Array {
  effort.spend(text.length);
  return digestOf(recipe, material, text);
}

export function shown(digest: Uint8Array, printed: readonly PrintedDigest[]): PrintedDigest[] {
  return printed.filter(({ length, shows }) => length === digest.length && shows(digest));
}
