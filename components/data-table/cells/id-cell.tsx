import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";

/** The number is the row's link. */
export function IdCell({ value, href }: { value: string; href: string }) {
  return (
    <span className="mono inline-flex max-w-full items-center gap-1 text-12">
      <Link href={href} data-row-link className="truncate py-1.5">
        {value}
      </Link>
      <CopyButton value={value} label={value} className="row-copy" />
    </span>
  );
}
