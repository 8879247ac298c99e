import fs from "node:fs";
import type { BenchDatabase } from "../server/database";

/** A statement as the server ran it, and the pages it touched: from memory or from disk, which is chance, together. */
export type Captured = { text: string; pages: number };

const settings = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_buffers": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_format": "json",
};

/** Makes new connections to a database explain every statement in the server's log, or ends that. */
export async function explainEverything({ admin }: BenchDatabase, name: string, isOn: boolean): Promise<void> {
  for (const [setting, value] of Object.entries(settings)) {
    const change = isOn ? `set ${setting} = '${value}'` : `reset ${setting}`;
    await admin.unsafe(`alter database ${name} ${change}`);
  }
}

/** Runs `work` and returns the statements that the server ran meanwhile. Nobody else may ask it anything. */
export async function capture<T>(
  logFile: string,
  work: () => Promise<T>,
): Promise<{ result: T; statements: Captured[] }> {
  const begin = fs.statSync(logFile).size;
  const result = await work();
  const file = fs.openSync(logFile, "r");
  const added = Buffer.alloc(fs.fstatSync(file).size - begin);
  fs.readSync(file, added, 0, added.length, begin);
  fs.closeSync(file);
  return { result, statements: readPlans(added.toString("utf8")) };
}

/** Plans stand behind `plan:`, each of their lines after a tab. */
export function readPlans(log: string): Captured[] {
  return [...log.matchAll(/ plan:\n((?:\t.*\n?)+)/g)].map(([, text = ""]) => {
    const read = JSON.parse(text.replaceAll(/^\t/gm, ""));
    return {
      text: String(read["Query Text"]),
      pages: Number(read["Plan"]["Shared Hit Blocks"]) + Number(read["Plan"]["Shared Read Blocks"]),
    };
  });
}

/** What a list must not do: count its rows, or skip some of them. */
export function countsOrSkips(text: string): boolean {
  return /\boffset\b|\bcount\s*\(/i.test(text);
}
