/** How to stop what has been started, in order of starting. */
export type Ends = (() => Promise<unknown>)[];

/** Stops everything in the opposite order. */
export async function runEnds(ends: Ends): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
