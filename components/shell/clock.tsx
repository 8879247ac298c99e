"use client";

import { clockTime } from "@/components/ui/time-format";
import { useNowText } from "@/components/ui/use-now";

/** The clock of the business zone. */
export function Clock() {
  const text = useNowText(clockTime);
  return (
    <span suppressHydrationWarning className="mono">
      {text}
    </span>
  );
}
