"use client";

import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { LiveRefresh } from "@/components/shell/live-refresh";

/** Follows what comes in until somebody wants to read in peace; going on asks once for everything missed. */
export function LiveTail({ topics }: { topics: readonly string[] }) {
  const [isPaused, setIsPaused] = useState(false);
  return (
    <>
      {isPaused ? null : <LiveRefresh topics={topics} />}
      <button
        type="button"
        className="btn noscript:hidden"
        data-variant="quiet"
        data-size="sm"
        aria-pressed={isPaused}
        onClick={() => setIsPaused(!isPaused)}
      >
        {isPaused ? <Play /> : <Pause />}
        {isPaused ? "Paused, go on" : "Pause live"}
      </button>
    </>
  );
}
