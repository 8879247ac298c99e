"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Search } from "./use-verdict";

type Props = { search: Search; needs: string | null; onStop: () => void };

/** What stands where the verdict will. */
export function Progress({ search, needs, onStop }: Props) {
  if (search.status === "refused") {
    return (
      <Notice tone="unclear" title="No search was made." live="status">
        {search.reason}
      </Notice>
    );
  }
  return (
    <div className="border-t-[3px] border-line-2 pt-4">
      <p className="text-28 leading-[1.16] font-medium tracking-[-0.03em] text-ink-2 max-desk:text-20">
        {search.status === "searching" ? "Trying every known mistake" : needs ? `Now ${needs}.` : "Ready."}
      </p>
      {search.status === "searching" ? (
        <p className="mt-3">
          <Button size="sm" onClick={onStop}>
            Stop
          </Button>
        </p>
      ) : (
        <p className="mt-3 max-w-[62ch] text-ink-2">
          {needs === "a secret"
            ? "Type it, and it is hashed in this tab. What can be said without it stands below."
            : "The verdict comes as soon as both are here."}
        </p>
      )}
    </div>
  );
}
