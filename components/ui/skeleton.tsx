import { VisuallyHidden } from "./visually-hidden";

/** A still bar in the place of a word. */
function Skeleton({ width }: { width: string }) {
  return <span className="inline-block h-2.5 max-w-full rounded-1 bg-sunk align-middle" style={{ width }} />;
}

const rowWidths = ["92px", "50px", "70px", "58px", "104px"];

/** A list that is on its way: the final layout, no shimmer. */
export function SkeletonTable({ columns, rows = 8 }: { columns: readonly string[]; rows?: number }) {
  return (
    <div aria-busy="true">
      <VisuallyHidden>Loading</VisuallyHidden>
      <table className="w-full table-fixed text-13 max-desk:[&_:is(td,th):nth-child(n+4)]:hidden" aria-hidden="true">
        <thead>
          <tr className="border-b border-ink">
            {columns.map((column) => (
              <th key={column} className="h-8 px-2.5 text-left text-12 font-medium text-ink-3">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
            <tr key={row} className="border-b border-line">
              {columns.map((column, index) => (
                <td key={column} className="h-(--row) px-2.5">
                  <Skeleton width={rowWidths[(row + index) % rowWidths.length] ?? "60px"} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A page that is on its way: its title is known, its facts are bars. */
export function SkeletonPage({ title, lines = 8 }: { title: string; lines?: number }) {
  return (
    <div aria-busy="true">
      <h1>{title}</h1>
      <VisuallyHidden>Loading</VisuallyHidden>
      <div className="mt-6 grid gap-5" aria-hidden="true">
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          <Skeleton key={line} width={`${30 + ((line * 17) % 50)}%`} />
        ))}
      </div>
    </div>
  );
}
