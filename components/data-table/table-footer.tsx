import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button, LinkButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Time } from "@/components/ui/time";

export type TableFooterProps = {
  /** Addresses of the neighbouring pages; `null` at the ends. */
  newer: string | null;
  older: string | null;
  /** Times of the first and the last row shown; `null` when the list is not in the order of time. */
  first: Date | null;
  last: Date | null;
  /** Rows that lead nowhere have no keys to move among them. */
  hasRowKeys?: boolean | undefined;
};

/** Keyset paging: no page numbers, and no total that would cost a count. */
export function TableFooter(props: TableFooterProps & { count: number }) {
  const { newer, older, first, last, hasRowKeys = true, count } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 text-12 text-ink-3">
      <span>
        {count} {count === 1 ? "row" : "rows"}
        {first && last ? (
          <>
            , <Time at={first} kind="exact" /> to <Time at={last} kind="exact" />
          </>
        ) : null}
        . Hong Kong time (UTC+8).
      </span>
      <nav aria-label="Pages" className="ml-auto flex items-center gap-2">
        {hasRowKeys ? (
          <span className="mr-3 inline-flex items-center gap-1.5 max-wide:hidden" aria-hidden="true">
            <Kbd>j</Kbd>
            <Kbd>k</Kbd> move <Kbd>Enter</Kbd> open
          </span>
        ) : null}
        <PageLink href={newer} icon={<ChevronLeft />} end="This is the first page">
          Newer
        </PageLink>
        <PageLink href={older} trailingIcon={<ChevronRight />} end="This is the last page">
          Older
        </PageLink>
      </nav>
    </div>
  );
}

type PageLinkProps = {
  href: string | null;
  icon?: React.ReactNode;
  trailingIcon?: React.ReactNode;
  end: string;
  children: string;
};

function PageLink({ href, icon, trailingIcon, end, children }: PageLinkProps) {
  if (href === null) {
    return (
      <Button aria-disabled="true" title={end} icon={icon} data-end>
        {children}
        {trailingIcon}
      </Button>
    );
  }
  return (
    <LinkButton href={href} icon={icon}>
      {children}
      {trailingIcon}
    </LinkButton>
  );
}
