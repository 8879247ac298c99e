import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export type Options = {
  /** Which campaigns; none named means all. */
  names: string[];
  seed: number;
  /** `null`: the campaign's own. */
  count: number | null;
  seconds: number;
  part: number | null;
  isFresh: boolean;
  /** How many processes a campaign may use that can use several. */
  lanes: number;
  /** Where progress is kept. */
  folder: string;
};

export const usage = `npm run chaos -- [NAME…] [options]

  --seed N      where chance begins (1); the same seed repeats the same run
  --count N     how much of it; each campaign has its own usual count
  --seconds N   begin nothing new after so many seconds per campaign (no limit)
  --part N      repeat this part alone, as a failure names it
  --lanes N     how many processes live days side by side, where a campaign can (one per processor); the same result
  --folder DIR  where progress is kept, and the database between two starts (.chaos)
  --fresh       begin anew instead of going on where the last run stopped

  npm run chaos -- mutations [NAME]   breaks the product on purpose and shows that each campaign notices
`;

/** @throws an error of one line for an option that cannot be used */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: "string" },
      count: { type: "string" },
      seconds: { type: "string" },
      part: { type: "string" },
      lanes: { type: "string" },
      folder: { type: "string", default: ".chaos" },
      fresh: { type: "boolean", default: false },
    },
  });
  return {
    names: positionals,
    seed: whole("seed", values.seed) ?? 1,
    count: whole("count", values.count),
    seconds: whole("seconds", values.seconds) ?? Number.POSITIVE_INFINITY,
    part: whole("part", values.part),
    isFresh: values.fresh,
    lanes: Math.max(1, whole("lanes", values.lanes) ?? availableParallelism()),
    folder: values.folder,
  };
}

/** What repeats one part of a run, as a failure prints it. */
export function commandFor(name: string, { seed, count, part }: { seed: number; count: number; part: number }): string {
  return `npm run chaos -- ${name} --seed ${seed} --count ${count} --part ${part}`;
}

function whole(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${name} is ${JSON.stringify(text)}: it must be a whole number`);
}
