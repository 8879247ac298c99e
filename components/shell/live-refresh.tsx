"use client";

import { WifiOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { clockTime } from "@/components/ui/time-format";
import { openLive } from "./live-connection";
import { liveStatusId } from "./live-status";

/**
 * Hears only that something changed and asks the page again, so there is one way to read. Refreshing in place keeps
 * what is typed, what has the focus and where the page is scrolled to. After a lost connection, and when a hidden page
 * is looked at again, it asks once. Draws nothing, except a word in the header while the connection is gone.
 */
export function LiveRefresh({ topics }: { topics: readonly string[] }) {
  const router = useRouter();
  const [lostAt, setLostAt] = useState<Date | null>(null);
  const topicList = topics.join(",");

  useEffect(
    () =>
      openLive({
        url: `/api/live?topics=${encodeURIComponent(topicList)}`,
        onChange: () => router.refresh(),
        onLost: setLostAt,
      }),
    [router, topicList],
  );

  const place = lostAt === null ? null : document.getElementById(liveStatusId);
  if (lostAt === null || place === null) return null;
  return createPortal(
    <span className="inline-flex items-center gap-2 text-12 text-ink-2">
      <WifiOff />
      <span className="max-desk:sr-only">
        Live updates stopped. What you see may be from before <span className="mono">{clockTime(lostAt)}</span>.
      </span>
    </span>,
    place,
  );
}
