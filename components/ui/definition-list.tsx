import type { ReactNode } from "react";

type DefinitionRow = { term: string; value: ReactNode };

/** Form lines, such as "Numbers" and "Order". What is not known is left out, never "N/A". */
export function DefinitionList({ rows }: { rows: readonly DefinitionRow[] }) {
  const known = rows.filter(({ value }) => value !== null && value !== undefined && value !== "");
  return (
    <dl className="text-13">
      {known.map(({ term, value }) => (
        <div
          key={term}
          className="grid min-h-9 grid-cols-[112px_minmax(0,1fr)] items-center border-b border-line py-1.5 last:border-b-0 max-desk:min-h-11 max-desk:grid-cols-[104px_minmax(0,1fr)]"
        >
          <dt className="pr-4 text-12 text-ink-3">{term}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
