"use client";

import type { ReactNode } from "react";
import { useState } from "react";

/** Copies the real address of the list as it stands. */
export function CopyAddress({ icon }: { icon: ReactNode }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="btn ml-auto noscript:hidden max-desk:hidden"
      data-variant="quiet"
      data-size="sm"
      onBlur={() => setCopied(false)}
      onClick={() => navigator.clipboard?.writeText(window.location.href).then(() => setCopied(true))}
    >
      {icon}
      <span aria-live="polite">{isCopied ? "Copied" : "Copy address"}</span>
    </button>
  );
}
