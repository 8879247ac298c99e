"use client";

import type { RowData } from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useState } from "react";
import { addressOf, type ListAddress, type Sort } from "./address";
import { type ArrivalKeys, mergeFresh } from "./arrivals";
import { NewRows } from "./new-rows";
import { BulkBar, type RowSelection, SelectAllHead, SelectCell, useRowSelection } from "./selection";
import { TableFooter, type TableFooterProps } from "./table-footer";
import { TableHead } from "./table-head";
import { columnData, type DataColumns, useDataTable } from "./table-hook";
import { useRowKeys } from "./use-row-keys";

type DataTableProps<Row extends RowData> = {
  /** What the table is, its order and its zone: "Payments, newest first. Times are Hong Kong time." */
  caption: string;
  columns: DataColumns<Row>;
  rows: readonly Row[];
  getRowId: (row: Row) => string;
  /** The facts whose change is shown for a second. */
  changeKey?: ((row: Row) => string) | undefined;
  address: ListAddress;
  sort: Sort | null;
  footer: TableFooterProps;
  /** "No payment here yet" and "nothing matches these filters" are different sentences. */
  empty: ReactNode;
  nothingMatches: ReactNode;
  isFiltered: boolean;
  /** Given when rows can be chosen to do something with them together. */
  selection?: RowSelection<Row> | undefined;
};

/** What a page gives to the table of one subject, which knows its own columns. */
export type ListTableProps<Row extends RowData> = Omit<
  DataTableProps<Row>,
  "caption" | "columns" | "getRowId" | "changeKey" | "selection"
>;

/** A list of facts. The number of a row is its link; a click anywhere on the row follows it. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  // Another address is another list: nothing of the old one is kept.
  return <Table key={addressOf(props.address)} {...props} />;
}

function Table<Row extends RowData>({
  rows: fresh,
  getRowId,
  changeKey = String,
  columns,
  ...props
}: DataTableProps<Row>) {
  const router = useRouter();
  const { list, showWaiting } = useArrivals(fresh, { getRowId, changeKey, goesOn: props.footer.older !== null });
  const table = useDataTable({ columns, rows: list.rows, getRowId });
  const body = useRowKeys(showWaiting);
  const { selection } = props;
  const { form, chosen, read, chooseAll } = useRowSelection(selection?.name);

  if (list.rows.length === 0) return props.isFiltered ? props.nothingMatches : props.empty;

  const openRow = (event: MouseEvent<HTMLTableRowElement>) => {
    const link = rowLinkFor(event);
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link, "_blank", "noopener");
    else router.push(link);
  };

  const head = selection ? <SelectAllHead count={list.rows.length} chosen={chosen.size} onChoose={chooseAll} /> : null;
  const listed = (
    <>
      <div className="list-line">
        {selection ? (
          <BulkBar count={chosen.size} onClear={() => chooseAll(false)}>
            {selection.bar(list.rows.filter((row) => chosen.has(getRowId(row))))}
          </BulkBar>
        ) : null}
        <NewRows count={list.waiting.length} onShow={showWaiting} />
      </div>
      <div className="table-frame">
        <table className="data-table">
          <caption className="sr-only">{props.caption}</caption>
          <TableHead table={table} address={props.address} sort={props.sort} before={head} />
          <tbody ref={body}>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} onClick={openRow} data-changed={list.pulse.get(row.id)}>
                {selection ? (
                  <SelectCell name={selection.name} value={row.id} label={selection.labelOf(row.original)} />
                ) : null}
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} {...columnData(cell.column.columnDef.meta ?? {})}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );

  return (
    <div>
      {selection ? (
        <form
          ref={form}
          action={selection.action}
          method="get"
          onChange={read}
          onKeyDown={(event) => {
            if (event.key === "Escape") chooseAll(false);
          }}
        >
          {listed}
        </form>
      ) : (
        listed
      )}
      <TableFooter {...props.footer} count={list.rows.length} />
    </div>
  );
}

// Two names for one highlight, because an animation starts only when its name changes.
type Pulse = "a" | "b";

function useArrivals<Row>(fresh: readonly Row[], keys: ArrivalKeys<Row>) {
  const [list, setList] = useState(() => ({
    fresh,
    rows: fresh,
    waiting: [] as readonly Row[],
    pulse: new Map<string, Pulse>(),
  }));

  if (list.fresh !== fresh) {
    const merged = mergeFresh(list.rows, fresh, keys);
    const pulse = new Map(list.pulse);
    for (const id of merged.changed) pulse.set(id, pulse.get(id) === "a" ? "b" : "a");
    setList({ fresh, rows: merged.rows, waiting: merged.waiting, pulse });
  }

  const showWaiting = () => setList((now) => ({ ...now, rows: now.fresh, waiting: [] }));
  return { list, showWaiting };
}

/** The address a click on a row means, or `null` when it meant something inside the row or selected text. */
function rowLinkFor(event: MouseEvent<HTMLTableRowElement>): string | null {
  const target = event.target;
  if (!(target instanceof Element) || target.closest("a, button, input, label, select, summary")) return null;
  if (window.getSelection()?.toString()) return null;
  return event.currentTarget.querySelector<HTMLAnchorElement>("a[data-row-link]")?.getAttribute("href") ?? null;
}
