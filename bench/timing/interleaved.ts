import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** The times of two sides in nanoseconds, call by call. */
export type Times = readonly [first: Float64Array, second: Float64Array];

/** What differs between two sides: one text for each of the contents that take turns. */
export type Sides = readonly [first: readonly string[], second: readonly string[]];

export type Timed<Input> = {
  /**
   * Makes the input of one call, which is not timed. Made anew each time: two objects that say the same and live longer
   * differ by hundreds of nanoseconds, by where in memory and by which code they were made.
   */
  prepare: (text: string, place: number) => Input;
  work: (input: Input) => unknown;
};

const warmUps = 20_000;

/**
 * Times one function with the inputs of two sides. The sides take turns in an order that nobody can foresee, and each
 * input comes as often as any other, so that nothing but what they say differs.
 *
 * @param calls  of both sides together
 */
export async function timeInterleaved<Input>(timed: Timed<Input>, sides: Sides, calls: number): Promise<Times> {
  const isAsync = timed.work(timed.prepare(textAt(sides[0], 0), 0)) instanceof Promise;
  const rounds = Math.floor(calls / 2);
  const warming = Math.min(warmUps, rounds);
  const times: Times = [new Float64Array(rounds), new Float64Array(rounds)];
  const order = randomBytes(warming + rounds);
  for (let turn = 0; turn < warming + rounds; turn += 1) {
    // So that the program can be stopped.
    if (turn % 10_000 === 0) await setImmediate();
    const place = turn % sides[0].length;
    const begins = (order[turn] ?? 0) & 1;
    for (const side of [begins, 1 - begins] as const) {
      const input = timed.prepare(textAt(side === 0 ? sides[0] : sides[1], place), place);
      const took = isAsync ? await timeOneAsync(timed.work, input) : timeOne(timed.work, input);
      if (turn >= warming) (side === 0 ? times[0] : times[1])[turn - warming] = took;
    }
  }
  return times;
}

function timeOne<Input>(work: (input: Input) => unknown, input: Input): number {
  const began = performance.now();
  work(input);
  return (performance.now() - began) * 1e6;
}

async function timeOneAsync<Input>(work: (input: Input) => unknown, input: Input): Promise<number> {
  const began = performance.now();
  await work(input);
  return (performance.now() - began) * 1e6;
}

function textAt(texts: readonly string[], place: number): string {
  const text = texts[place];
  if (text === undefined) throw new Error("both sides need a text for every content");
  return text;
}
