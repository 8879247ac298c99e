import { inject } from "vitest";
import type { Campaign } from "../core/campaign";
import type { Progress } from "../core/progress";
import { runCampaign } from "../core/run-campaign";

/** Runs the beginning of a campaign, small enough for every day. */
export async function runSlice(
  campaign: Campaign,
  { count, seed = 1, part = null, lanes = 1 }: { count: number; seed?: number; part?: number | null; lanes?: number },
): Promise<Progress> {
  const ground = { serverUrl: inject("databaseServer"), say: () => {}, lanes };
  const bounds = { seed, count, seconds: Number.POSITIVE_INFINITY, part, isFresh: true };
  return runCampaign(campaign, ground, bounds, null);
}
