/**
 * The order in which a `java.util.HashMap` of default size gives back its entries.
 *
 * The reference server signs nested objects as its JSON library writes them, and that library keeps them in such a map.
 * A name that comes twice keeps its first place and its last value.
 *
 * Not repeated: the tree that a chain becomes when nine or more names meet in one place of a table of 64 or larger. No
 * names but chosen ones do that, and the server's order then depends on how it balances the tree.
 *
 * Source: `java.util.HashMap` (`hash`, `putVal`, `resize`, `treeifyBin`).
 */
export function inHashTableOrder<Entry extends { readonly name: string }>(entries: readonly Entry[]): Entry[] {
  const lastByName = new Map<string, Entry>();
  let table = emptyTable(16);
  for (const entry of entries) {
    const isNew = !lastByName.has(entry.name);
    lastByName.set(entry.name, entry);
    if (!isNew) continue;
    const chain = chainOf(table, entry.name);
    chain.push(entry.name);
    // A long chain in a small table makes it grow early; in a large one it becomes a tree.
    if (chain.length > longestChain && table.length < smallestTableWithTrees) table = doubled(table);
    if (lastByName.size > table.length * 0.75) table = doubled(table);
  }
  return table.flat().flatMap((name) => lastByName.get(name) ?? []);
}

type Table = string[][];

const longestChain = 8;
const smallestTableWithTrees = 64;

function emptyTable(size: number): Table {
  return Array.from({ length: size }, () => []);
}

function doubled(table: Table): Table {
  const larger = emptyTable(table.length * 2);
  for (const name of table.flat()) chainOf(larger, name).push(name);
  return larger;
}

function chainOf(table: Table, name: string): string[] {
  const chain = table[spreadHash(name) & (table.length - 1)];
  if (!chain) throw new Error("A table has as many chains as its length says.");
  return chain;
}

function spreadHash(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  return hash ^ (hash >>> 16);
}
