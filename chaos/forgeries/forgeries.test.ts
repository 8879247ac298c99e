import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { forgeries } from "./forgeries";

test("two hundred forgeries made by hand, and a part of those made by chance, move nothing", {
  timeout: 600_000,
}, async () => {
  const { broken, figures } = await runSlice({ ...forgeries, partSize: 600 }, { count: 1_200 });
  expect(broken).toEqual([]);
  expect(figures["made by hand"]).toBeGreaterThanOrEqual(200);
  expect(figures["wrong contents"]).toBe(143);
  expect(figures["divided in another way"]).toBeGreaterThan(100);
});
