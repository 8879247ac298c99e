"use client";

import { clockTime, dayAndTime, exactTime, relativeTime } from "@/components/ui/time-format";
import { useNowText } from "@/components/ui/use-now";

/** A moment that is still to come: `at 18:00:00, in 3 h`. Once it has come, its effect is awaited, not regretted. */
export function Upcoming({ at }: { at: Date }) {
  const text = useNowText((now) => {
    if (at.getTime() <= now.getTime()) return "any moment now";
    const relative = relativeTime(at, now);
    return relative === null ? `on ${dayAndTime(at, now)}` : `at ${clockTime(at)}, ${relative}`;
  });
  return (
    <time dateTime={at.toISOString()} title={exactTime(at)} className="nums" suppressHydrationWarning>
      {text}
    </time>
  );
}
