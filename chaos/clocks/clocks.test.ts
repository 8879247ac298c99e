import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { clocks } from "./clocks";

test("clocks that disagree and jump, and messages dated a day away, change no outcome", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(clocks, { count: 20 });
  expect(broken).toEqual([]);
  expect(figures["lives"]).toBe(20);
});
