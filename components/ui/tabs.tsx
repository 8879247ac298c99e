import Link from "next/link";
import { classNames } from "./class-names";

export type Tab = { href: string; label: string; count?: string | number; hot?: boolean; current?: boolean };

/** Views of one page, as links: each has its address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mt-3 flex gap-5 overflow-x-auto border-b border-line-2 [scrollbar-width:none]">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className="inline-flex items-center gap-[7px] border-b-2 border-transparent pt-2 pb-[9px] text-13 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-[current]:border-sign aria-[current]:font-semibold aria-[current]:text-ink max-desk:pt-[13px] max-desk:pb-3"
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className={classNames("mono text-11 leading-none", tab.hot ? "text-unclear" : "text-ink-3")}>
              {tab.count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
