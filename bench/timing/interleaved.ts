import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** The times of two sides in nanoseconds, call by call. */
export type Times = readonly [first: Float64Array, second: Float64Array];

export type Sides<Input> = readonly [first: readonly Input[], second: readonly Input[]];

const warmUps = 20_000;

/**
 * Times one function with the inputs of two sides. The sides take turns in an order that nobody can foresee, and each
 * input comes as often as any other, so that nothing but what they contain differs.
 *
 * @param calls  of both sides together
 */
export async function timeInterleaved<Input>(
  work: (input: Input) => unknown,
  sides: Sides<Input>,
  calls: number,
): Promise<Times> {
  const isAsync = work(inputAt(sides[0], 0)) instanceof Promise;
  const time = isAsync ? timeOneAsync : timeOne;
  for (let turn = 0; turn < Math.min(warmUps, calls); turn += 1)
    await time(work, inputAt(sides[turn % 2] ?? [], turn >> 1));
  const rounds = Math.floor(calls / 2);
  const order = randomBytes(rounds);
  const times: Times = [new Float64Array(rounds), new Float64Array(rounds)];
  for (let round = 0; round < rounds; round += 1) {
    // So that the program can be stopped.
    if (round % 10_000 === 0) await setImmediate();
    const begins = (order[round] ?? 0) & 1;
    for (const side of [begins, 1 - begins] as const) {
      const input = inputAt(side === 0 ? sides[0] : sides[1], round);
      const took = isAsync ? await timeOneAsync(work, input) : timeOne(work, input);
      (side === 0 ? times[0] : times[1])[round] = took;
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

function inputAt<Input>(inputs: readonly Input[], place: number): Input {
  const input = inputs[place % inputs.length];
  if (input === undefined) throw new Error("a side without inputs cannot be timed");
  return input;
}
