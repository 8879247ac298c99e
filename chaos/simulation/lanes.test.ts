import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { simulation } from "./simulation";

test("days lived side by side in processes of their own are the same days, and each can be repeated alone", {
  timeout: 300_000,
}, async () => {
  const short = { ...simulation, partSize: 3 };
  const beside = await runSlice(short, { count: 6, seed: 3, lanes: 2 });
  const alone = await runSlice(short, { count: 6, seed: 3 });
  expect(beside).toEqual({ ...alone, seconds: expect.any(Number) });
  expect(alone.isFinished).toBe(true);
});
