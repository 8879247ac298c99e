"use client";

import { Scale } from "@/components/ui/scale";
import { formatDuration } from "@/components/ui/time-format";
import { useNowText } from "@/components/ui/use-now";

type Props = { heldAt: Date; until: Date };

/** `2 d 3 h left`, to the minute. It only shows: a hold ends when the gateway says so. */
export function TimeLeft({ until }: Pick<Props, "until">) {
  const text = useNowText((now) => leftText(until, now));
  return <span suppressHydrationWarning>{text}</span>;
}

/** The same, with how much of the whole time has passed. */
export function TimeLeftScale({ heldAt, until }: Props) {
  const total = Math.max(hour, until.getTime() - heldAt.getTime());
  const passed = useNowText((now) => String(Math.min(total, Math.max(0, now.getTime() - heldAt.getTime()))));
  const text = useNowText((now) => leftText(until, now));
  const major = majorStep(total);
  const marks = Array.from({ length: Math.ceil(total / major) }, (_, index) => index * major);
  const shown = [...marks.filter((at) => at === 0 || total - at > total / 8), total];
  return (
    <div>
      <p role="timer" suppressHydrationWarning className="mb-1.5 text-13 font-medium">
        {text}
      </p>
      <Scale
        max={total}
        minor={major / 4}
        major={major}
        // To the minute, so that the server and the browser draw the same.
        pointer={Math.floor(Number(passed) / minute) * minute}
        labels={shown.map((at) => ({ at, text: at === 0 ? "held" : formatDuration(at) }))}
        label={`The gateway keeps a hold for ${formatDuration(total)}`}
      />
    </div>
  );
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function majorStep(total: number): number {
  const steps = [hour, 6 * hour, day, 2 * day, 7 * day, 30 * day, 90 * day];
  return steps.find((step) => total / step <= 5) ?? total / 5;
}

function leftText(until: Date, now: Date): string {
  const left = until.getTime() - now.getTime();
  if (left <= 0) return "Time is up; the gateway has the last word";
  if (left < minute) return "Less than a minute left";
  return `${formatDuration(Math.floor(left / minute) * minute)} left`;
}
