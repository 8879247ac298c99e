import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { crashPoints } from "./crash-points";

test("a flow that ends before or after any statement or request is finished by the worker", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(crashPoints, { count: 7 });
  expect(broken).toEqual([]);
  expect(figures["flows that vanished"]).toBeGreaterThan(40);
});
