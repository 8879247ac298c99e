"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { SkeletonPage, SkeletonTable } from "@/components/ui/skeleton";
import { entryAt } from "./navigation-entries";

const quietMs = 200;
const patienceMs = 10_000;

/**
 * The loading face of every page: nothing for a moment, then still bars, while the browser is on its way to another one. The framework's own way, a file
 * `loading.tsx`, sends the page in pieces: always with status 200, whatever is found, and never whole without JavaScript.
 */
export function PageLoading({ children }: { children: ReactNode }) {
  const here = usePathname();
  const [seen, setSeen] = useState(here);
  const [waiting, setWaiting] = useState<{ from: string; to: string } | null>(null);
  if (seen !== here) {
    setSeen(here);
    setWaiting(null);
  }
  // A clock of the page before may strike between its successor's arrival and the end of its effects.
  const destination = waiting?.from === here ? waiting.to : null;

  useEffect(() => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const follow = (event: MouseEvent) => {
      const to = destinationOf(event);
      if (to === null) return;
      for (const timer of timers.splice(0)) clearTimeout(timer);
      timers.push(setTimeout(() => setWaiting({ from: here, to }), quietMs));
      // A page that leads back to this one is never arrived at.
      timers.push(setTimeout(() => setWaiting(null), patienceMs));
    };
    document.addEventListener("click", follow);
    return () => {
      document.removeEventListener("click", follow);
      for (const timer of timers) clearTimeout(timer);
    };
  }, [here]);

  return (
    <>
      <div className={destination === null ? "contents" : "hidden"}>{children}</div>
      {destination === null ? null : <Face path={destination} />}
    </>
  );
}

/** The page that a click leads to, if the router took it upon itself and it is another one. */
function destinationOf({ defaultPrevented, target }: MouseEvent): string | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!defaultPrevented || !link || link.origin !== window.location.origin) return null;
  return link.pathname === window.location.pathname ? null : link.pathname;
}

const listColumns: Record<string, readonly string[]> = {
  payments: ["State", "Amount", "Refunded", "Order number", "Way", "Subject", "Proven by", "Created"],
  refunds: ["State", "Amount", "Refund number", "Of order", "Way", "Reason", "Proven by", "Created"],
  "refund-plans": ["State", "Lines done", "Plan", "Stopped because", "Made by", "Merchant", "Created"],
  notifications: ["Verdict", "Order number", "About", "Effect", "Deliveries", "Credential", "From", "Received"],
  calls: ["Outcome", "Operation", "About", "HTTP", "Code", "Took", "Credential", "Time"],
};

function Face({ path }: { path: string }) {
  const entry = entryAt(path);
  const columns = entry && path.endsWith(`/${entry.path}`) ? listColumns[entry.page] : undefined;
  if (!entry || !columns) return <SkeletonPage title="Loading" />;
  return (
    <>
      <h1>{entry.label}</h1>
      <div className="mt-24">
        <SkeletonTable columns={columns} rows={12} />
      </div>
    </>
  );
}
