import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { rotationsWith } from "./rotations";

test("keys are rotated under load, and nothing genuine is refused, no call fails and nothing comes in afterwards", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(rotationsWith({ calls: 40, deliveriesEach: 4 }), { count: 2 });
  expect(broken).toEqual([]);
  expect(figures).toMatchObject({ rotations: 2, calls: 80, notifications: 320, "messages after the overlap": 20 });
});
