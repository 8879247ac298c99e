"use client";

import { clockTime, dayAndTime, evidenceTime, exactTime, relativeTime } from "./time-format";
import { useNowText } from "./use-now";

type Props = {
  at: Date;
  /**
   * `both`: "3 min ago 14:31:40" within a day, "18 Nov 19:50:26" after. `relative`: only the first half.
   * `exact`: "14:31:40" within a day, else with its date. `clock`: always "14:31:40". `evidence`: with milliseconds.
   */
  kind?: "both" | "relative" | "exact" | "clock" | "evidence" | undefined;
  className?: string | undefined;
};

/** A moment in Hong Kong time; zone and UTC are in its title. The relative part keeps itself fresh. */
export function Time({ at, kind = "both", className }: Props) {
  const relative = useNowText((now) => (kind === "both" || kind === "relative" ? (relativeTime(at, now) ?? "") : ""));
  const exact = useNowText((now) => exactPart(at, kind, now));
  return (
    <time dateTime={at.toISOString()} title={exactTime(at)} className={className}>
      <span suppressHydrationWarning className="time-relative text-ink-3">
        {relative}
      </span>
      {kind === "both" ? " " : null}
      <span suppressHydrationWarning className="time-exact mono">
        {exact}
      </span>
    </time>
  );
}

function exactPart(at: Date, kind: NonNullable<Props["kind"]>, now: Date): string {
  const isNear = relativeTime(at, now) !== null;
  if (kind === "clock") return clockTime(at);
  if (kind === "evidence") return evidenceTime(at);
  if (kind === "relative" && isNear) return "";
  return isNear ? clockTime(at) : dayAndTime(at, now);
}
