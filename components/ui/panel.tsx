import { X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import type { Environment } from "@/lib/domain/environment";
import { EnvironmentBand } from "./environment-band";

type PanelProps = {
  title: string;
  /** Given when the panel moves money or changes keys. */
  environment?: Environment | undefined;
  closeHref?: string | undefined;
  children: ReactNode;
};

/** The one act of a page, beside its text. It is in the address, so a reload keeps it. */
export function Panel({ title, environment, closeHref, children }: PanelProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="overflow-hidden rounded-3 border border-edge bg-paper">
      {environment ? <EnvironmentBand environment={environment} /> : null}
      <div className="grid gap-4 p-4">
        <div className="flex items-center justify-between">
          <h2 id={headingId} className="text-16">
            {title}
          </h2>
          {closeHref ? (
            <Link
              href={closeHref}
              scroll={false}
              className="icon-button -m-1"
              aria-label={`Close ${title.toLowerCase()}`}
            >
              <X />
            </Link>
          ) : null}
        </div>
        {children}
      </div>
    </section>
  );
}

type SectionProps = {
  title: ReactNode;
  caption?: ReactNode;
  aside?: ReactNode;
  id?: string | undefined;
  children: ReactNode;
};

/** Part of a page: one ink rule and white space, no card. */
export function Section({ title, caption, aside, id, children }: SectionProps) {
  const ownId = useId();
  const headingId = id ? `${id}-heading` : ownId;
  return (
    <section id={id} aria-labelledby={headingId} className="mt-10 border-t border-ink pt-3 max-desk:mt-8">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <h2 id={headingId}>{title}</h2>
        {caption ? <span className="cap">{caption}</span> : null}
        {aside ? <div className="ml-auto flex items-center gap-2">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
