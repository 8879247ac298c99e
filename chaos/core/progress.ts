import fs from "node:fs";
import path from "node:path";
import type { Broken, Figures } from "./campaign";

/** How far a campaign has come, so that the next start goes on from there. */
export type Progress = {
  seed: number;
  count: number;
  /** Parts that are done; the next one has this index. */
  parts: number;
  done: number;
  seconds: number;
  figures: Figures;
  broken: (Broken & { part: number; mark: string })[];
  /** Digest of the parts' marks; of a part that is repeated alone, its own. */
  mark: string;
  isFinished: boolean;
};

export function freshProgress(seed: number, count: number): Progress {
  return { seed, count, parts: 0, done: 0, seconds: 0, figures: {}, broken: [], mark: "", isFinished: false };
}

export function readProgress(folder: string, name: string): Progress | null {
  try {
    return JSON.parse(fs.readFileSync(fileOf(folder, name), "utf8")) as Progress;
  } catch {
    // None yet, or torn by a kill in the middle of a write: start anew.
    return null;
  }
}

export function keepProgress(folder: string, name: string, progress: Progress): void {
  fs.mkdirSync(folder, { recursive: true });
  const file = fileOf(folder, name);
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}.json`);
}
