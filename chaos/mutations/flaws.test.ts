import fs from "node:fs";
import { expect, test } from "vitest";
import { campaigns } from "../campaigns";
import { flaws } from "./flaws";

test.each(flaws)("the flaw “$name” still has its place in the product", ({ changes }) => {
  for (const { file, find, put } of changes) {
    expect(fs.readFileSync(file, "utf8")).toContain(find);
    expect(put).not.toBe(find);
  }
});

test("every campaign has a flaw that it must notice", () => {
  const tried = new Set(flaws.map(({ campaign }) => campaign));
  expect([...tried].sort()).toEqual(campaigns.map(({ name }) => name).sort());
});
