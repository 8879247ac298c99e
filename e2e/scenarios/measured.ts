import { expect, type TestInfo } from "@playwright/test";
import type { Hands } from "./hands";

export type Scenario = {
  number: number;
  /** Who wants what. */
  title: string;
  /** What we set out to need, in words. */
  target: string;
  /** The best that others need. */
  anchor: string;
  /** The part of the target that is the same on every machine. */
  most: { clicks: number; keys: number };
};

export type Measured = Scenario & {
  way: string;
  clicks: number;
  keys: number;
  seconds: number;
  waitedSeconds: number;
};

export const attachmentName = "scenario";

/**
 * Holds what a person did against the target, and keeps it for the table. Clicks and keys are the same on every machine
 * and are asserted; seconds are not and are only printed.
 *
 * @param ours  what it takes, exactly: a click more is a change of the product that somebody should see
 */
export async function measured(
  info: TestInfo,
  scenario: Scenario,
  { way, hands, ours }: { way: string; hands: Hands; ours: { clicks: number; keys: number } },
): Promise<void> {
  const { clicks, keys } = hands;
  expect({ clicks, keys }).toEqual(ours);
  expect(clicks).toBeLessThanOrEqual(scenario.most.clicks);
  expect(keys).toBeLessThanOrEqual(scenario.most.keys);
  const { seconds, waitedSeconds } = hands;
  const result: Measured = { ...scenario, way, clicks, keys, seconds, waitedSeconds };
  await info.attach(attachmentName, { body: JSON.stringify(result), contentType: "application/json" });
}
