"use client";

import { type RefObject, useRef } from "react";
import { useKeys } from "@/components/shell/use-keys";

/**
 * j and k move the focus from row to row; Enter is then the browser's own. The row with the focus is the cursor row.
 *
 * @returns the ref for the table's body
 */
export function useRowKeys(showNewRows: () => void): RefObject<HTMLTableSectionElement | null> {
  const body = useRef<HTMLTableSectionElement>(null);
  useKeys({
    j: () => moveFocus(body.current, 1),
    k: () => moveFocus(body.current, -1),
    ".": showNewRows,
  });
  return body;
}

function moveFocus(body: HTMLTableSectionElement | null, step: 1 | -1): void {
  const links = Array.from(body?.querySelectorAll<HTMLAnchorElement>("a[data-row-link]") ?? []);
  const row = document.activeElement?.closest("tr");
  const current = links.findIndex((link) => row?.contains(link));
  const next = current === -1 ? (step === 1 ? 0 : links.length - 1) : current + step;
  links[next]?.focus();
}
