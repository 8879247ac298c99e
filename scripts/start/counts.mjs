// @ts-check
import fs from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Reads Vitest's JSON report. A file that could not even be loaded counts as one failure.
 *
 * @param {string} file
 * @returns {Counts}
 */
export function vitestCounts(file) {
  const report = readReport(file);
  if (!report) return nothingRan();
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ result) =>
      result.status === "failed" && !result.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  return orNothing({
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * Reads Playwright's JSON report. Its errors outside of any test count as failures.
 *
 * @param {string} file
 * @returns {Counts}
 */
export function playwrightCounts(file) {
  const report = readReport(file);
  if (!report) return nothingRan();
  const { expected, unexpected, flaky, skipped } = report.stats;
  // A journey that passes only at the second attempt has failed once.
  return orNothing({ passed: expected, failed: unexpected + flaky + report.errors.length, skipped });
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** @param {Counts} counts */
function orNothing(counts) {
  return counts.passed + counts.failed === 0 ? nothingRan() : counts;
}

/** A report that is missing or empty must not look like success. */
function nothingRan() {
  return { passed: 0, failed: 1, skipped: 0 };
}
