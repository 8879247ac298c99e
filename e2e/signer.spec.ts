import fs from "node:fs";
import { expect, test } from "@playwright/test";
import { signed } from "./signer";

type Vector = { name: string; category: string; params: Record<string, unknown>; key: string; sign: string };

const usedHere = ["documented", "unifiedOrder", "query", "close", "cancel", "refund", "notify-pay", "notify-refund"];

test("the signer of the journeys agrees with the reference server", () => {
  const vectors: Vector[] = JSON.parse(fs.readFileSync("lib/gateway/vectors/signing.json", "utf8"));
  const cases = vectors.filter(({ category, params }) => usedHere.includes(category) && isFlat(params));
  expect(cases.length).toBeGreaterThan(40);
  for (const { name, params, key, sign } of cases) {
    expect(signed(params as Record<string, string | number>, key), name).toBe(sign);
  }
});

function isFlat(params: Record<string, unknown>): boolean {
  return Object.values(params).every((value) => typeof value === "string" || Number.isSafeInteger(value));
}
