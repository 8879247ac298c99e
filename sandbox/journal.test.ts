import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readJournal, startJournal } from "./journal";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
  path = join(folder, "deep", "journal.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

test("a journal that does not exist is empty", async () => {
  expect(await readJournal(path)).toEqual([]);
});

test("entries come back in their order, the first ones and those that were added", async () => {
  const journal = await startJournal(path, [{ n: 1 }]);
  for (let n = 2; n <= 50; n++) journal.append({ n });
  await journal.flushed();
  expect(await readJournal(path)).toEqual(Array.from({ length: 50 }, (_, index) => ({ n: index + 1 })));
  await journal.close();
});

test("a last line that was torn by a kill is dropped, and the rest is kept", async () => {
  const journal = await startJournal(path, [{ n: 1 }, { n: 2 }]);
  await journal.close();
  await appendFile(path, '{"n":3');
  expect(await readJournal(path)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("damage anywhere else is not overlooked", async () => {
  const journal = await startJournal(path, [{ n: 1 }]);
  await journal.close();
  await writeFile(path, `{"n":1\n{"n":2}\n`);
  await expect(readJournal(path)).rejects.toThrow("damaged at line 1");
});

test("a new start replaces what was there", async () => {
  await (await startJournal(path, [{ n: 1 }, { n: 2 }])).close();
  await (await startJournal(path, [{ n: 2 }])).close();
  expect(await readFile(path, "utf8")).toBe('{"n":2}\n');
});
