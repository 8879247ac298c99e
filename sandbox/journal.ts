import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** One line per change, in the order of the changes; a change is kept once `flushed()` has resolved. */
export type Journal = {
  append(entry: unknown): void;
  flushed(): Promise<void>;
  close(): Promise<void>;
};

/**
 * All whole lines of a journal, oldest first; empty when there is none yet.
 *
 * A process that is killed while it writes leaves a torn last line. Nobody was told of that change, so it is dropped.
 * A broken line anywhere else means a damaged file and throws.
 */
export async function readJournal(path: string): Promise<unknown[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (cause) {
      throw new Error(`${path} is damaged at line ${index + 1}. Remove the file to start with an empty sandbox.`, {
        cause,
      });
    }
  });
}

/** Starts a journal anew with the given entries in place of all that was there, and keeps it open for more. */
export async function startJournal(path: string, entries: Iterable<unknown>): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = await open(`${path}.new`, "w", 0o600);
  const lines: string[] = [];
  for (const entry of entries) lines.push(`${JSON.stringify(entry)}\n`);
  await fresh.writeFile(lines.join(""));
  await fresh.sync();
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));

  let waiting: string[] = [];
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function write(text: string): Promise<void> {
    await fresh.appendFile(text);
    await fresh.datasync();
  }

  function flushed(): Promise<void> {
    if (waiting.length === 0) return running;
    // Changes that arrive while the disk is busy share the next write.
    next ??= running.then(() => {
      next = null;
      const text = waiting.join("");
      waiting = [];
      running = write(text);
      return running;
    });
    return next;
  }

  return {
    append(entry) {
      waiting.push(`${JSON.stringify(entry)}\n`);
      flushed().catch(stopWithoutDisk);
    },
    flushed,
    async close() {
      await flushed();
      await fresh.close();
    },
  };
}

/** A gateway that forgets payments is worse than one that is down. */
function stopWithoutDisk(error: unknown): never {
  console.error("The sandbox cannot store its state and stops:", error);
  process.exit(1);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  // Some systems cannot open a folder; the file itself is already on disk there.
  if (handle === null) return;
  await handle.sync().finally(() => handle.close());
}
