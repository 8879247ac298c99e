import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { workersWith } from "./workers";

test("worker processes that are killed and frozen past their lease leave nothing behind and ask nothing twice", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(workersWith({ partSize: 2, orders: 6, isTimed: false }), { count: 2 });
  expect(broken).toEqual([]);
  expect(figures["questions"]).toBeGreaterThan(10);
});
