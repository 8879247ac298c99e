import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { outsideVectorPath, vectorText } from "./read-vectors";

describe.each(["signing.json", "gateway.json", "mistakes.json"] as const)("%s", (file) => {
  test("has cases", () => {
    expect(JSON.parse(vectorText(file, "copy")).length).toBeGreaterThan(50);
  });

  test.runIf(existsSync(outsideVectorPath(file)))("is an exact copy of the file handed out beside the repository", () => {
    expect(vectorText(file, "copy") === readFileSync(outsideVectorPath(file), "utf8")).toBe(true);
  });
});
