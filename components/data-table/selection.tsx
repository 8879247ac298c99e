"use client";

import { type ReactNode, type RefObject, useRef, useState } from "react";
import { useKeys } from "@/components/shell/use-keys";

/** How rows of a list are chosen, and what can be done with them together. */
export type RowSelection<Row> = {
  /** Where the chosen ids go as a GET form, each under `name`: it works without JavaScript, and changes nothing. */
  action: string;
  name: string;
  /** What the box of a row is called, such as "Choose P-261119-3D8RTX7K". */
  labelOf: (row: Row) => string;
  /** The line above the table: its submit button, and a few words about the chosen rows. */
  bar: (rows: readonly Row[]) => ReactNode;
};

/**
 * The boxes belong to the browser, so that what was ticked before the page came alive is not lost; this only reads them.
 *
 * @returns the ids that are chosen now, for the line above the table
 */
export function useRowSelection(name: string | undefined): {
  form: RefObject<HTMLFormElement | null>;
  chosen: ReadonlySet<string>;
  read: () => void;
  chooseAll: (isChosen: boolean) => void;
} {
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const boxes = () =>
    Array.from(form.current?.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${name}"]`) ?? []);
  const read = () => setChosen(new Set(boxes().flatMap((box) => (box.checked ? box.value : []))));
  const chooseAll = (isChosen: boolean) => {
    for (const box of boxes()) box.checked = isChosen;
    read();
  };
  useKeys({
    x: name === undefined ? undefined : () => toggleCursorRow(read),
    Escape: chosen.size === 0 ? undefined : () => chooseAll(false),
  });
  return { form, chosen, read, chooseAll };
}

function toggleCursorRow(read: () => void): void {
  const box = document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  if (!box) return;
  box.checked = !box.checked;
  read();
}

export function SelectAllHead({
  count,
  chosen,
  onChoose,
}: {
  count: number;
  chosen: number;
  onChoose: (isChosen: boolean) => void;
}) {
  return (
    <th scope="col" className="select-cell">
      <input
        type="checkbox"
        aria-label={`Choose all ${count} rows of this page`}
        className="noscript:hidden"
        checked={chosen > 0 && chosen === count}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && chosen < count;
        }}
        onChange={(event) => onChoose(event.target.checked)}
      />
    </th>
  );
}

export function SelectCell({ name, value, label }: { name: string; value: string; label: string }) {
  return (
    <td className="select-cell">
      <label>
        <input type="checkbox" name={name} value={value} aria-label={label} autoComplete="off" />
      </label>
    </td>
  );
}

/** Stands in the line of the new rows, so that nothing ever covers a row. Without JavaScript it is always there. */
export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  return (
    <section aria-label={`${count} chosen`} className={count === 0 ? "bulk-bar is-empty" : "bulk-bar"}>
      {children}
      {count === 0 ? null : (
        <button type="button" className="btn" data-variant="quiet" data-size="sm" onClick={onClear}>
          Clear
          <span className="kbd" aria-hidden="true">
            Esc
          </span>
        </button>
      )}
    </section>
  );
}
