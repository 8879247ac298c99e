"use client";

import { Ellipsis, Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Logo } from "@/components/ui/mark";
import type { Environment } from "@/lib/domain/environment";
import { type Role, roleMay } from "@/lib/domain/roles";
import { entriesFor, entryAt, grouped, type NavigationEntry, type PageName } from "./navigation-entries";

/** How much waits on a page for somebody; none is not shown. */
export type NavigationCounts = Partial<Record<PageName, number>>;

type Props = { environment: Environment; role: Role; counts: NavigationCounts; current?: PageName | undefined };

/** The side navigation; under 1180 px only its icons are drawn, and their words are still heard. */
export function SideNavigation({ environment, role, counts, current }: Props) {
  const here = useCurrent(current);
  return (
    <nav aria-label="Main" className="side-navigation">
      <Link href={`/${environment}/payments`} className="brand">
        <Logo />
        <span className="navigation-label">Countersign</span>
      </Link>
      <EntryGroups name="side" entries={entriesFor(role)} environment={environment} current={here} counts={counts} />
    </nav>
  );
}

/** The bar of five at the foot of a phone. */
export function PhoneNavigation({ environment, role, counts, current }: Props) {
  const here = useCurrent(current);
  const path = usePathname();
  const entries = entriesFor(role);
  const named = (page: PageName) => entries.find((entry) => entry.page === page);
  const rest = entries.filter(({ page }) => !["payments", "refunds", "notifications"].includes(page));
  const isNew = path.endsWith("/payments/new");
  const isMore = rest.some(({ page }) => page === here);
  const tab = (entry: NavigationEntry | undefined, label?: string) =>
    entry ? (
      <EntryLink entry={entry} environment={environment} isCurrent={entry.page === here && !isNew} label={label} />
    ) : null;
  return (
    <nav aria-label="Main, phone" className="phone-navigation">
      {tab(named("payments"))}
      {tab(named("refunds"))}
      {roleMay(role, "payments:create") ? (
        <Link href={`/${environment}/payments/new`} aria-current={isNew ? "page" : undefined}>
          <Plus />
          New
        </Link>
      ) : null}
      {tab(named("notifications"), "Inbox")}
      <button type="button" popoverTarget="more-pages" data-current={isMore || undefined}>
        <Ellipsis />
        More
        <Count of={rest.reduce((sum, { page }) => sum + (counts[page] ?? 0), 0)} />
      </button>
      <div id="more-pages" popover="auto" className="more-pages">
        <EntryGroups name="more" entries={rest} environment={environment} current={here} counts={counts} />
      </div>
    </nav>
  );
}

type EntryGroupsProps = {
  /** Of the navigation they stand in, so that no two headings have one id. */
  name: string;
  entries: readonly NavigationEntry[];
  environment: Environment;
  current: PageName | undefined;
  counts: NavigationCounts;
};

function EntryGroups({ name, entries: all, environment, current, counts }: EntryGroupsProps) {
  return grouped(all).map(({ group, label, entries }) => (
    <div key={group} className="navigation-group">
      <p id={`${name}-${group}`}>{label}</p>
      <ul aria-labelledby={`${name}-${group}`}>
        {entries.map((entry) => (
          <li key={entry.page}>
            <EntryLink
              entry={entry}
              environment={environment}
              isCurrent={entry.page === current}
              count={counts[entry.page]}
            />
          </li>
        ))}
      </ul>
    </div>
  ));
}

type EntryLinkProps = {
  entry: NavigationEntry;
  environment: Environment;
  isCurrent: boolean;
  label?: string | undefined;
  count?: number | undefined;
};

function EntryLink({ entry: { path, label, Icon }, environment, isCurrent, label: shortLabel, count }: EntryLinkProps) {
  return (
    <Link href={`/${environment}/${path}`} aria-current={isCurrent ? "page" : undefined} title={label}>
      <Icon />
      <span className="navigation-label">{shortLabel ?? label}</span>
      <Count of={count} />
    </Link>
  );
}

const mostShown = 99;

function Count({ of }: { of: number | undefined }) {
  if (!of) return null;
  return (
    <span className="navigation-count">
      {of > mostShown ? `${mostShown}+` : of}
      <span className="sr-only"> open</span>
    </span>
  );
}

function useCurrent(given: PageName | undefined): PageName | undefined {
  const path = usePathname();
  return given ?? entryAt(path)?.page;
}
