"use client";

import { Scale } from "./scale";
import { formatCountdown, formatDuration } from "./time-format";
import { useNowText } from "./use-now";

type Props = {
  startedAt: Date;
  until: Date;
  /** What ends: "Code good for another". */
  label: string;
  endedLabel?: string | undefined;
  /** The moments when the gateway is asked. */
  asks?: readonly Date[] | undefined;
};

const minute = 60_000;

/** Time left as figures and on a scale. It only shows: nothing changes state because it reached zero. */
export function Countdown({ startedAt, until, label, endedLabel = "Time is up", asks = [] }: Props) {
  const total = Math.max(1000, until.getTime() - startedAt.getTime());
  const left = useNowText((now) => formatCountdown(until.getTime() - now.getTime()));
  const passed =
    Number(useNowText((now) => String(Math.floor(clamp(now.getTime() - startedAt.getTime(), total) / 1000)))) * 1000;
  const major = majorStep(total);
  const isOver = left === "0:00";
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3">
        <span className="cap">
          {isOver ? endedLabel : label}
          {asks.length > 0 && !isOver ? (
            <>
              <br />
              small marks: when we ask the gateway
            </>
          ) : null}
        </span>
        <span role="timer" suppressHydrationWarning className="mono text-28 tracking-[-0.04em]">
          {left}
        </span>
      </div>
      <div className="mt-1.5">
        <Scale
          max={total}
          minor={major / 6}
          major={major}
          pointer={passed}
          marks={asks.map((at) => at.getTime() - startedAt.getTime())}
          labels={timeLabels(total, major)}
          label={`${formatDuration(passed)} of ${formatDuration(total)} have passed`}
        />
      </div>
    </div>
  );
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}

function majorStep(total: number): number {
  const steps = [minute / 6, minute, 5 * minute, 15 * minute, 60 * minute, 6 * 60 * minute, 24 * 60 * minute];
  return steps.find((step) => total / step <= 6) ?? total / 5;
}

function timeLabels(total: number, major: number) {
  const inner = Array.from({ length: Math.ceil(total / major) }, (_, index) => index * major);
  // The last one belongs to the end; one that stands too close to it would be printed over it.
  const shown = inner.filter((at) => at === 0 || total - at > total / 8);
  return [...shown, total].map((at) => ({ at, text: formatCountdown(at) }));
}
