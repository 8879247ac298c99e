import { createHash } from "node:crypto";
import { addFigures, type Campaign, type Ground, type OpenCampaign, type Part, type PartResult } from "./campaign";
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
    const mayBegin = () => secondsSince(began) <= bounds.seconds;
    for await (const { index, size, result } of inOrder(open, partsAhead(campaign, bounds, progress), mayBegin)) {
      progress.parts = index + 1;
      progress.done += size;
      progress.seconds = secondsBefore + secondsSince(began);
      progress.figures = addFigures(progress.figures, result.figures);
      const mark = result.mark ?? "";
      progress.broken.push(...result.broken.map((broken) => ({ ...broken, part: index, mark })));
      if (mark !== "") progress.mark = bounds.part === null ? digest(progress.mark + mark) : mark;
      if (keeping && bounds.part === null) keepProgress(keeping.folder, campaign.name, progress);
      if (progress.broken.length > 0) break;
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

function partsAhead(campaign: Campaign, { seed, count, part }: Bounds, progress: Progress): Part[] {
  const parts = Math.ceil(count / campaign.partSize);
  const left = Array.from({ length: Math.max(0, parts - progress.parts) }, (_, index) => progress.parts + index);
  return (part === null ? left : [part]).map((index) => ({
    index,
    size: Math.min(campaign.partSize, count - index * campaign.partSize),
    seed: seedOf(seed, index),
  }));
}

type Done = Part & { result: PartResult };

/** Runs as many parts at a time as the campaign can, and hands them out in their order. The first one always begins. */
async function* inOrder(open: OpenCampaign, parts: Part[], mayBegin: () => boolean): AsyncGenerator<Done> {
  const begun: Promise<Done>[] = [];
  const left = [...parts];
  let isFirst = true;
  do {
    while (begun.length < (open.atOnce ?? 1) && (isFirst || mayBegin())) {
      const part = left.shift();
      if (!part) break;
      const done = open.runPart(part).then((result) => ({ ...part, result }));
      // Whoever waits for an earlier part hears of this one's failure when it is its turn.
      done.catch(() => {});
      begun.push(done);
      isFirst = false;
    }
    const next = begun.shift();
    if (next) yield await next;
  } while (begun.length > 0 || (left.length > 0 && mayBegin()));
}

// Campaigns may put the clocks of this process forward, but not this one.
function secondsSince(began: bigint): number {
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
