"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useKeys } from "@/components/shell/use-keys";
import { addressOf } from "./address";

type Props = {
  path: string;
  keep: readonly { name: string; value: string }[];
  clearHref: string | null;
  children: ReactNode;
};

/** The fields behind "Filter". A plain GET form; with JavaScript it leaves empty fields out of the address. */
export function FilterForm({ path, keep, clearHref, children }: Props) {
  const router = useRouter();
  const details = useRef<HTMLDetailsElement>(null);

  const open = (fieldId?: string) => {
    if (!details.current) return;
    details.current.open = true;
    const field = fieldId ? document.getElementById(fieldId) : null;
    (field ?? details.current.querySelector<HTMLElement>("input:not([type=hidden]), select"))?.focus();
  };
  useKeys({ f: () => open() });

  useEffect(() => {
    const followChip = (event: MouseEvent) => {
      const chip = event.target instanceof Element ? event.target.closest("a[data-opens-filters]") : null;
      const fieldId = chip?.getAttribute("href")?.split("#")[1];
      if (!fieldId || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (details.current) details.current.open = true;
      document.getElementById(fieldId)?.focus();
    };
    document.addEventListener("click", followChip);
    return () => document.removeEventListener("click", followChip);
  }, []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const search = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === "string" && value.trim() !== "") search.append(name, value.trim());
    }
    if (details.current) details.current.open = false;
    router.push(addressOf({ path, search: search.toString() }));
  };

  return (
    <details ref={details} className="filter-details">
      <summary className="chip chip-add">
        <Plus className="size-3.5" />
        Filter
        <span className="kbd max-desk:hidden" aria-hidden="true">
          f
        </span>
      </summary>
      <form action={path} method="get" onSubmit={submit} className="filter-form">
        {keep.map(({ name, value }) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="grid gap-4 desk:grid-cols-2 wide:grid-cols-3">{children}</div>
        <div className="mt-4 flex items-center gap-2">
          <button type="submit" className="btn" data-variant="primary">
            Show
          </button>
          {clearHref ? (
            <Link href={clearHref} className="btn" data-variant="quiet">
              Clear all
            </Link>
          ) : null}
        </div>
      </form>
    </details>
  );
}
