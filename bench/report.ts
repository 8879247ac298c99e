import { print } from "@/scripts/start/say.mjs";
import { isNull, type Ratio } from "./statistics";

/** One line of the output. `low` and `high` are the range of `ratio`, or of `value` where there is nothing to divide by. */
type Measure = {
  bench: string;
  metric: string;
  value: number;
  unit: string;
  reference: string | null;
  ratio: number | null;
  low: number | null;
  high: number | null;
};

type Goal = { figure: number; isMet: boolean; text: string };

/** Collects what a bench measures: each line goes to standard output at once, the reading of it to standard error. */
export type Report = ReturnType<typeof openReport>;

export function openReport(bench: string) {
  const voids: string[] = [];
  const missed: string[] = [];

  function line(measure: Omit<Measure, "bench">, goal?: Goal) {
    process.stdout.write(`${JSON.stringify(rounded({ bench, ...measure }))}\n`);
    const range = measure.low === null ? "" : ` (${short(measure.low)} to ${short(measure.high ?? measure.low)})`;
    const shown = measure.ratio ?? measure.value;
    const against = measure.reference === null ? measure.unit : `of ${measure.reference}`;
    const judged = goal ? `   ${goal.isMet ? "met" : "MISSED"}: ${goal.text}` : "";
    print(`  ${measure.metric.padEnd(52)} ${short(shown)} ${against}${range}${judged}`);
    if (goal && !goal.isMet) missed.push(`${measure.metric}: ${short(goal.figure)}, goal ${goal.text}`);
  }

  return {
    /** A plain figure. */
    value(metric: string, value: number, unit: string, atMost?: number) {
      line({ metric, value, unit, reference: null, ratio: null, low: null, high: null }, goalOf(value, { atMost }));
    },
    /** A figure and its paired ratio to a reference. */
    ratio(
      metric: string,
      { value, unit, reference, ratio }: { value: number; unit: string; reference: string; ratio: Ratio },
      limits: { atMost?: number; atLeast?: number } = {},
    ) {
      const { median: middle, low, high } = ratio;
      line({ metric, value, unit, reference, ratio: middle, low, high }, goalOf(middle, limits));
    },
    /** The reference against itself. */
    nullTest(metric: string, ratio: Ratio, reference: string): boolean {
      const holds = isNull(ratio);
      const { median: middle, low, high } = ratio;
      line(
        { metric: `null test, ${metric}`, value: middle, unit: "ratio", reference, ratio: middle, low, high },
        {
          figure: middle,
          isMet: true,
          text: holds ? "within 0.90 to 1.10" : "OUTSIDE 0.90 to 1.10, so this comparison is void",
        },
      );
      return holds;
    },
    /** A claim that must hold for the figures to mean anything. */
    check(claim: string, holds: boolean) {
      print(`  ${holds ? "holds" : "BROKEN"}: ${claim}`);
      if (!holds) voids.push(claim);
    },
    voids: () => voids,
    missed: () => missed,
  };
}

function goalOf(figure: number, { atMost, atLeast }: { atMost?: number | undefined; atLeast?: number | undefined }) {
  if (atMost !== undefined) return { figure, isMet: figure <= atMost, text: `at most ${atMost}` };
  if (atLeast !== undefined) return { figure, isMet: figure >= atLeast, text: `at least ${atLeast}` };
  return undefined;
}

function rounded(measure: Measure): Measure {
  const entries = Object.entries(measure).map(([name, value]) => [
    name,
    typeof value === "number" ? Number(value.toPrecision(6)) : value,
  ]);
  return Object.fromEntries(entries) as Measure;
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
