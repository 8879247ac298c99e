import fs from "node:fs";
import path from "node:path";
import { complain, keepOutputClean, print, say } from "@/scripts/start/say.mjs";
import { measureDebugger } from "./debugger/debugger";
import { measureHints } from "./hints/hints";
import { measureIngest } from "./ingest/ingest";
import { type Options, readOptions, usage } from "./options";
import { measurePaymentsList } from "./payments-list/payments-list";
import { openReport, type Report } from "./report";
import { type BenchDatabase, startBenchDatabase } from "./server/database";
import { type Ends, runEnds } from "./server/ends";
import { measureTiming } from "./timing/timing";

/**
 * Measures the product against the references beside this file, and prints one JSON object per line. What a figure
 * means and what it must not be used for: docs/decisions, "measuring".
 */
const benches: Record<string, (work: Work) => Promise<void>> = {
  ingest: measureIngest,
  hints: measureHints,
  "payments-list": measurePaymentsList,
  debugger: measureDebugger,
  timing: measureTiming,
};

export type Work = { options: Options; database: BenchDatabase; report: Report; ends: Ends };

// The lines are for programs.
keepOutputClean();
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const ends: Ends = [];
  stopWhenAsked(ends);
  try {
    const options = optionsOf(args);
    if (options === null) return 2;
    const database = await startBenchDatabase(folderOf(options, ends), ends);
    const chosen = Object.entries(benches).filter(
      ([name]) => options.names.length === 0 || options.names.includes(name),
    );
    let isSound = true;
    for (const [name, measure] of chosen) isSound = (await runOne(name, measure, { options, database })) && isSound;
    return isSound ? 0 : 1;
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await runEnds(ends);
  }
}

/** A terminal, npm and the program that started us may all pass on the same signal; it is obeyed once. */
function stopWhenAsked(ends: Ends): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    say("stopping");
    void runEnds(ends).finally(() => process.exit(130));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

function optionsOf(args: string[]): Options | null {
  try {
    const options = readOptions(args);
    const unknown = options.names.find((name) => !(name in benches));
    if (unknown === undefined) return options;
    complain(`there is no bench "${unknown}"`);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
  print(usage);
  return null;
}

/** Returns whether the figures may be used. A missed goal is a figure like any other; a void run is none. */
async function runOne(
  name: string,
  measure: (work: Work) => Promise<void>,
  about: { options: Options; database: BenchDatabase },
): Promise<boolean> {
  say(`bench ${name}`);
  const report = openReport(name);
  const ends: Ends = [];
  try {
    await measure({ ...about, report, ends });
  } finally {
    await runEnds(ends);
  }
  for (const line of report.missed()) print(`  missed   ${line}`);
  for (const line of report.voids()) print(`  void     ${line}`);
  say(`bench ${name}: ${report.voids().length === 0 ? "done" : "some figures are void and must not be used"}`);
  return report.voids().length === 0;
}

function folderOf({ dataDir }: Options, ends: Ends): string {
  if (dataDir !== null) return path.resolve(dataDir);
  const folder = path.resolve(".test", `bench-${process.pid}`);
  ends.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
