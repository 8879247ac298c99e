import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type Crumb = { label: ReactNode; href?: string | undefined };

export function Breadcrumb({ items, aside }: { items: readonly Crumb[]; aside?: ReactNode }) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-3">
      <nav aria-label="Breadcrumb">
        <ol className="flex flex-wrap items-center gap-1.5">
          {items.map((item, index) => (
            <li key={item.href ?? "here"} className="flex min-h-6 items-center gap-1.5">
              {index > 0 ? <ChevronRight className="size-3.5" /> : null}
              {item.href ? (
                <Link href={item.href} className="hover:text-ink hover:underline">
                  {item.label}
                </Link>
              ) : (
                <span aria-current="page" className="text-ink-2">
                  {item.label}
                </span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      {aside ? <div className="ml-auto flex items-center gap-1">{aside}</div> : null}
    </div>
  );
}
