import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./counts.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "counts-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = path.join(folder, "report.json");
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

const unit = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };

test("passed, failed and skipped tests are taken from the report", () => {
  expect(vitestCounts(report({ ...unit, numFailedTests: 2 }))).toEqual({ passed: 5, failed: 2, skipped: 1 });
});

test("a test file that could not be loaded counts as a failure", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(vitestCounts(report({ ...unit, testResults })).failed).toBe(1);
});

test("a failed test is not counted again for its file", () => {
  const testResults = [{ status: "failed", assertionResults: [{ status: "failed" }] }];
  expect(vitestCounts(report({ ...unit, numFailedTests: 1, testResults })).failed).toBe(1);
});

test("a missing report, an unreadable one and one without tests are failures", () => {
  const broken = path.join(folder, "broken.json");
  fs.writeFileSync(broken, "{");
  const nothing = { passed: 0, failed: 1, skipped: 0 };
  expect(vitestCounts(path.join(folder, "absent.json"))).toEqual(nothing);
  expect(vitestCounts(broken)).toEqual(nothing);
  expect(vitestCounts(report({ ...unit, numPassedTests: 0 }))).toEqual(nothing);
  expect(playwrightCounts(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }))).toEqual(
    nothing,
  );
});

test("a journey that needed a second attempt, and an error outside of any journey, are failures", () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts(report({ stats, errors: [{ message: "setup" }] }))).toEqual({
    passed: 7,
    failed: 3,
    skipped: 2,
  });
});
