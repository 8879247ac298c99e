/** One promise that did not hold. */
export type Broken = { invariant: string; detail: string };

/** What a part of a campaign counted. Parts are added up; names that begin with `longest` or `most` keep the largest. */
export type Figures = Record<string, number>;

export type PartResult = {
  figures: Figures;
  broken: Broken[];
  /** A digest of everything that happened: the same seed makes the same mark. */
  mark?: string;
};

/** A part can be repeated alone: everything in it comes from its seed and its place in the campaign. */
export type Part = { index: number; size: number; seed: number };

export type OpenCampaign = {
  /** How many parts may run at a time (one). */
  atOnce?: number;
  runPart(part: Part): Promise<PartResult>;
  close(): Promise<void>;
};

/** Where a campaign works: a server on which it may make databases, and how many processes it may use beside this one. */
export type Ground = { serverUrl: string; say: (line: string) => void; lanes?: number };

export type Campaign = {
  name: string;
  /** One line for the person who starts it. */
  about: string;
  /** What `--count` counts. */
  unit: string;
  /** The figure. */
  usualCount: number;
  /** How many units one part holds. */
  partSize: number;
  open(ground: Ground, size: { count: number; seed: number }): Promise<OpenCampaign>;
};

export function addFigures(sum: Figures, more: Figures): Figures {
  const added = { ...sum };
  for (const [name, value] of Object.entries(more)) {
    const before = added[name];
    const isPeak = /^(longest|most)/.test(name);
    added[name] = before === undefined ? value : isPeak ? Math.max(before, value) : before + value;
  }
  return added;
}
