import { breaches } from "./rooms/check";
import { sourceTree } from "./rooms/tree";

/** Fails when a file imports from a room that the table in `rooms/table.ts` closes to it. */
const files = sourceTree();
const found = breaches(files);
for (const { path, line, imports, reason } of found) console.error(`${path}:${line}  ${imports}: ${reason}`);
console.log(`rooms: ${files.length} files, ${found.length} imports from the wrong room`);
process.exitCode = found.length === 0 ? 0 : 1;
