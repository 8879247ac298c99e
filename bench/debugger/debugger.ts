import { say } from "@/scripts/start/say.mjs";
import type { Work } from "../main";
import { median, pairedRatio, percentile, thereAndBack } from "../statistics";
import { browserPlace } from "./browser-place";
import { type CaseName, caseNames, type Timing, timeReference, timeSearch, timeVerdict } from "./workload";

/** Where the debugger runs. */
export type Place = {
  name: string;
  /** `processorMs` is what its thread, or in Node its process, was really at work. */
  verdict: (name: CaseName) => Promise<Timing & { processorMs: number }>;
  search: () => Promise<Timing>;
  reference: (digests: number) => Promise<Timing>;
};

const expectedMistakes: Readonly<Record<CaseName, string>> = {
  single: "signType_excluded",
  pair: "signType_excluded+key_trailing_newline",
  unexplained: "",
};

/** No verdict may take longer, on a machine that has time. */
const longestVerdictMs = 1_000;
const referenceDigests = 20_000;

/** How fast the debugger tries, and how long a person waits for its verdict, on the server and in a browser. */
export async function measureDebugger({ options, report, ends }: Work): Promise<void> {
  const places: Place[] = [
    {
      name: "Node",
      verdict: async (name) => inProcessorTime(() => timeVerdict(name)),
      search: async () => timeSearch(),
      reference: async (digests) => timeReference(digests),
    },
    await browserPlace(ends),
  ];
  for (const place of places) await measurePlace(place, options.rounds, report);
}

/** What the processor spent on it, which a crowded machine does not change. */
async function inProcessorTime(work: () => Promise<Timing>): Promise<Timing & { processorMs: number }> {
  const before = process.cpuUsage();
  const timing = await work();
  const { user, system } = process.cpuUsage(before);
  return { ...timing, processorMs: (user + system) / 1_000 };
}

type Side = "ours" | "reference" | "again";

async function measurePlace(place: Place, rounds: number, report: Work["report"]): Promise<void> {
  const waits: Record<CaseName, number[]> = { single: [], pair: [], unexplained: [] };
  const spent: Record<CaseName, number[]> = { single: [], pair: [], unexplained: [] };
  const rates: Record<Side, number[]> = { ours: [], reference: [], again: [] };
  const mistakes = new Map<CaseName, string>();
  for (let round = -1; round < rounds; round++) {
    const taken: Record<Side, number[]> = { ours: [], reference: [], again: [] };
    for (const side of thereAndBack<Side>(["ours", "reference", "again"], round)) {
      const { ms, digests } = side === "ours" ? await place.search() : await place.reference(referenceDigests);
      taken[side].push((digests * 1_000) / ms);
    }
    const timed: [CaseName, Awaited<ReturnType<Place["verdict"]>>][] = [];
    for (const name of caseNames) timed.push([name, await place.verdict(name)]);
    for (const [name, { mistake }] of timed) mistakes.set(name, mistake);
    // The first round only warms up.
    if (round < 0) continue;
    for (const [name, { ms, processorMs }] of timed) {
      waits[name].push(ms);
      spent[name].push(processorMs);
    }
    for (const side of ["ours", "reference", "again"] as const) rates[side].push(median(taken[side]));
    say(`${place.name}: round ${round + 1} of ${rounds}`);
  }
  for (const name of caseNames) {
    report.check(`${place.name}: the verdict is right, ${name}`, mistakes.get(name) === expectedMistakes[name]);
    report.value(`${place.name}: time to a verdict, ${name}, median`, median(waits[name]), "ms");
    report.value(
      `${place.name}: time to a verdict, ${name}, longest`,
      percentile(waits[name], 1),
      "ms",
      longestVerdictMs,
    );
  }
  for (const name of caseNames) {
    report.value(`${place.name}: processor time of a verdict, ${name}, median`, median(spent[name]), "ms");
  }
  const reference = "digests of a library alone";
  const isSound = report.nullTest(
    `${place.name}: digests a second`,
    pairedRatio(rates.again, rates.reference),
    reference,
  );
  report.check(`${place.name}: the reference agrees with itself`, isSound);
  report.ratio(`${place.name}: candidates a second`, {
    ...{ value: median(rates.ours), unit: "per second", reference },
    ratio: pairedRatio(rates.ours, rates.reference),
  });
}
