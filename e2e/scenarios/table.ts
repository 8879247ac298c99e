import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { attachmentName, type Measured } from "./measured";

/** Prints what the scenarios took beside their targets and the best of others, when any of them ran. */
export default class Table implements Reporter {
  private readonly results: Measured[] = [];

  onTestEnd(_: TestCase, { attachments }: TestResult): void {
    for (const { name, body } of attachments) {
      if (name === attachmentName && body) this.results.push(JSON.parse(body.toString("utf8")));
    }
  }

  onEnd(): void {
    if (this.results.length > 0) process.stdout.write(`\n${tableOf(this.results)}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function tableOf(results: readonly Measured[]): string {
  const rows = results
    .toSorted((a, b) => a.number - b.number || a.way.localeCompare(b.way))
    .map(({ number, way, title, clicks, keys, seconds, waitedSeconds, target, anchor }) => [
      String(number),
      `${title}, ${way}`,
      `${clicks} ${clicks === 1 ? "click" : "clicks"}, ${keys} ${keys === 1 ? "key" : "keys"}, ${seconds.toFixed(1)} s (${waitedSeconds.toFixed(1)} s of it ours)`,
      target,
      anchor,
    ]);
  const all = [["", "Scenario", "Here", "Target", "Best of others"], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
