import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { commandFor, readOptions } from "../options";
import type { Campaign, PartResult } from "./campaign";
import { runCampaign } from "./run-campaign";

const ground = { serverUrl: "", say: () => {} };
const whole = { seed: 5, count: 10, seconds: Number.POSITIVE_INFINITY, part: null, isFresh: true };

function campaignOf(runPart: (part: { index: number; seed: number }) => Promise<PartResult>, atOnce = 1): Campaign {
  const open = async () => ({ atOnce, runPart, close: async () => {} });
  return { name: "example", about: "", unit: "steps", usualCount: 10, partSize: 1, open };
}

function partOf(seed: number): PartResult {
  return { figures: { steps: 1 }, broken: [], mark: `mark of ${seed}` };
}

test("parts that run side by side and end in any order make the same run as parts one after the other", async () => {
  const alone = await runCampaign(
    campaignOf(async ({ seed }) => partOf(seed)),
    ground,
    whole,
    null,
  );
  const begun: number[] = [];
  const waiting: (() => void)[] = [];
  const beside = campaignOf(async ({ index, seed }) => {
    begun.push(index);
    // The later part of each pair ends first.
    if (index % 2 === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else waiting.shift()?.();
    return partOf(seed);
  }, 2);
  expect(await runCampaign(beside, ground, whole, null)).toEqual({ ...alone, seconds: expect.any(Number) });
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(alone.isFinished).toBe(true);
});

test("what a failure prints repeats the failing part alone, with the same seed and the same end", async () => {
  const broken = [{ invariant: "nothing breaks", detail: "it did" }];
  const seeds: number[] = [];
  const campaign = campaignOf(async ({ index, seed }) => {
    seeds.push(seed);
    return index === 6 ? { ...partOf(seed), broken } : partOf(seed);
  });
  const first = await runCampaign(campaign, ground, whole, null);
  expect(first.broken).toEqual([{ ...broken[0], part: 6, mark: `mark of ${seeds[6]}` }]);
  const command = commandFor("example", { ...first, part: first.broken[0]?.part ?? -1 });
  const options = readOptions(command.split(" -- ")[1]?.split(" ") ?? []);
  const again = await runCampaign(campaign, ground, { ...whole, ...options, count: options.count ?? 0 }, null);
  expect(again.broken).toEqual(first.broken);
  expect(again.mark).toBe(first.broken[0]?.mark);
  expect(seeds).toHaveLength(8);
});

test("a part that cannot be run ends the run", async () => {
  const campaign = campaignOf(async ({ index, seed }) => {
    if (index === 3) throw new Error("no database");
    return partOf(seed);
  }, 4);
  await expect(runCampaign(campaign, ground, whole, null)).rejects.toThrow("no database");
});

test("a run that was stopped and goes on ends like a run in one go", async () => {
  const campaign = campaignOf(async ({ seed }) => partOf(seed), 3);
  const folder = mkdtempSync(path.join(tmpdir(), "countersign-chaos-"));
  try {
    const stopped = await runCampaign(campaign, ground, { ...whole, seconds: 0 }, { folder });
    expect(stopped.isFinished).toBe(false);
    expect(stopped.parts).toBeLessThan(10);
    const finished = await runCampaign(campaign, ground, { ...whole, isFresh: false }, { folder });
    const inOneGo = await runCampaign(campaign, ground, whole, null);
    expect(finished).toEqual({ ...inOneGo, seconds: expect.any(Number) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
