import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { gatewayFaultsWith } from "./gateway-faults";

const faults = gatewayFaultsWith({ deadlineMs: 2_000, isTimed: false });

test("every fault at refunding and at cancelling leaves the outcome open, and asking resolves it once", {
  timeout: 400_000,
}, async () => {
  const refunding = await runSlice(faults, { count: 100, part: 1 });
  expect(refunding.broken).toEqual([]);
  expect(refunding.figures["cells"]).toBe(50);
});
