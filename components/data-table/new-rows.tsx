"use client";

import { ArrowDown } from "lucide-react";
import { Kbd } from "@/components/ui/kbd";

/** New rows wait behind this line, so the list never jumps under somebody's eyes. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div aria-live="polite" className="flex justify-end">
      {count === 0 ? null : (
        <button type="button" onClick={onShow} className="new-rows">
          <ArrowDown className="size-3.5" />
          {count} new
          <span className="max-desk:hidden" aria-hidden="true">
            <Kbd>.</Kbd>
          </span>
        </button>
      )}
    </div>
  );
}
