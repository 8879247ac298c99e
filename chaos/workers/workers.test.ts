import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { workersWith } from "./workers";

test("workers that are killed and frozen past their lease handle nothing twice and leave nothing", {
  timeout: 120_000,
}, async () => {
  const { broken, figures } = await runSlice(workersWith({ partSize: 3, orders: 8 }), { count: 3 });
  expect(broken).toEqual([]);
  expect(figures["questions"]).toBeGreaterThan(0);
});
