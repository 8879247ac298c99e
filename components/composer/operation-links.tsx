import Link from "next/link";
import { operationOf } from "@/components/calls/operations";
import type { ComposerOperation } from "@/lib/composer/operations";

type Props = {
  operations: readonly ComposerOperation[];
  current: string;
  hrefOf: (operation: string) => string;
};

/** Everything that can be asked of the gateway here. Each has its address. */
export function OperationLinks({ operations, current, hrefOf }: Props) {
  return (
    <nav aria-label="Operation">
      <p aria-hidden="true" className="mb-1.5 text-12 font-medium text-ink-2">
        Operation
      </p>
      <div className="flex flex-wrap gap-1.5">
        {operations.map(({ name }) => (
          <Link
            key={name}
            href={hrefOf(name)}
            scroll={false}
            aria-current={name === current ? "page" : undefined}
            className="inline-flex min-h-8 items-center rounded-2 border border-edge px-2.5 text-13 text-ink-2 hover:bg-hover aria-[current]:border-sign aria-[current]:bg-sign-wash aria-[current]:font-strong aria-[current]:text-sign max-desk:min-h-11"
          >
            {operationOf(name).label}
          </Link>
        ))}
      </div>
    </nav>
  );
}
