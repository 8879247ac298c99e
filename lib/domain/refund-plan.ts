import { z } from "zod";

export const PlanState = z.enum(["draft", "running", "paused", "finished", "discarded"]);
export type PlanState = z.infer<typeof PlanState>;

/**
 * What became of one line. `made`: a refund exists. `requested`: it waits for a second person. `skipped`: the rehearsal
 * said no, or the plan was ended first. `failed`: it was possible at the rehearsal and no longer when its turn came.
 */
export const PlanLineState = z.enum(["waiting", "made", "requested", "skipped", "failed"]);
export type PlanLineState = z.infer<typeof PlanLineState>;

/** What the rehearsal says would become of a line. */
export const PlanVerdict = z.enum([
  "refund",
  "needs-approval",
  "slip-of-units",
  "already-refunded",
  "exceeds-rest",
  "not-paid",
  "unclear-refund",
  "blocked",
  "unknown-number",
  "listed-twice",
  "invalid",
]);
export type PlanVerdict = z.infer<typeof PlanVerdict>;

export const mostPlanLines = 1_000;

/** After so many refunds in a row without a clear answer a plan stops by itself. */
export const mostUnclearInARow = 3;

export const linesPerScreen = 100;

/** A line of a plan in an address. */
export const LineNumber = z
  .string()
  .regex(/^[0-9]{1,6}$/)
  .transform(Number);
