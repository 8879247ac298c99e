import { createHash } from "node:crypto";
import { addFigures, type Campaign, type Ground } from "./campaign";
import { freshProgress, keepProgress, type Progress, readProgress } from "./progress";
import { seedOf } from "./random";

export type Bounds = {
  seed: number;
  count: number;
  /** No new part is begun after this many seconds. */
  seconds: number;
  /** Repeats this part alone. */
  part: number | null;
  /** Forgets how far an earlier run came. */
  isFresh: boolean;
};

/** Where the progress is kept; `null` keeps none. */
export type Keeping = { folder: string } | null;

/** Runs a campaign from where it stopped until its count, its time or its first broken promises end it. */
export async function runCampaign(
  campaign: Campaign,
  ground: Ground,
  bounds: Bounds,
  keeping: Keeping,
): Promise<Progress> {
  const progress = progressFor(campaign, bounds, keeping);
  if (progress.parts > 0) ground.say(`${campaign.name}: goes on after ${progress.done} ${campaign.unit}`);
  const began = process.hrtime.bigint();
  const secondsBefore = progress.seconds;
  const open = await campaign.open(ground, { count: bounds.count, seed: bounds.seed });
  try {
    for (const index of partsOf(campaign, bounds, progress)) {
      const size = Math.min(campaign.partSize, bounds.count - index * campaign.partSize);
      const result = await open.runPart({ index, size, seed: seedOf(bounds.seed, index) });
      progress.parts = index + 1;
      progress.done += size;
      progress.seconds = secondsBefore + secondsSince(began);
      progress.figures = addFigures(progress.figures, result.figures);
      progress.broken.push(...result.broken.map((broken) => ({ ...broken, part: index })));
      if (keeping && bounds.part === null) keepProgress(keeping.folder, campaign.name, progress);
      if (result.mark) progress.mark = digest(progress.mark + result.mark);
      if (progress.broken.length > 0 || secondsSince(began) > bounds.seconds) break;
      ground.say(`${campaign.name}: ${progress.done} of ${bounds.count} ${campaign.unit}`);
    }
  } finally {
    await open.close();
  }
  progress.isFinished = bounds.part === null && progress.parts * campaign.partSize >= bounds.count;
  if (keeping && bounds.part === null) keepProgress(keeping.folder, campaign.name, progress);
  return progress;
}

function progressFor(campaign: Campaign, { seed, count, part, isFresh }: Bounds, keeping: Keeping): Progress {
  const kept = keeping && part === null && !isFresh ? readProgress(keeping.folder, campaign.name) : null;
  const isSameRun = kept?.seed === seed && kept.count === count;
  const mayGoOn = kept && isSameRun && !kept.isFinished && kept.broken.length === 0;
  return mayGoOn ? kept : freshProgress(seed, count);
}

function partsOf(campaign: Campaign, { count, part }: Bounds, progress: Progress): number[] {
  if (part !== null) return [part];
  const parts = Math.ceil(count / campaign.partSize);
  return Array.from({ length: Math.max(0, parts - progress.parts) }, (_, index) => progress.parts + index);
}

// Campaigns may put the clocks of this process forward, but not this one.
function secondsSince(began: bigint): number {
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
