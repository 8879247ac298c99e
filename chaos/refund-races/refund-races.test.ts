import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { refundRacesWith } from "./refund-races";

test("sixteen clients refunding at once, and every submit thrice, never refund too much or twice", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(refundRacesWith({ payments: 20, partSize: 20 }), { count: 60 });
  expect(broken).toEqual([]);
  expect(figures).toMatchObject({ clients: 320, submits: 120 });
});
