"use client";

import type { ReactTable, RowData } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";
import { type ListAddress, type Sort, sortHref } from "./address";
import { type ColumnMeta, columnData, type DataTableFeatures } from "./table-hook";

type Props<Row extends RowData> = {
  table: ReactTable<DataTableFeatures, Row>;
  address: ListAddress;
  sort: Sort | null;
  /** A cell of its own before the columns. */
  before?: ReactNode;
};

/** Column names; those that sort are links, so the order is in the address. */
export function TableHead<Row extends RowData>({ table, address, sort, before }: Props<Row>) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {before}
          {group.headers.map((header) => {
            const meta: ColumnMeta = header.column.columnDef.meta ?? {};
            const direction = meta.sort !== undefined && sort?.by === meta.sort ? sort.direction : null;
            return (
              <th
                key={header.id}
                scope="col"
                {...columnData(meta)}
                aria-sort={direction === null ? undefined : direction === "asc" ? "ascending" : "descending"}
                style={meta.width ? ({ "--width": meta.width } as CSSProperties) : undefined}
              >
                {meta.sort === undefined ? (
                  <table.FlexRender header={header} />
                ) : (
                  <Link href={sortHref(address, meta.sort, sort, meta.firstDirection ?? "desc")} scroll={false}>
                    <table.FlexRender header={header} />
                    {direction === "desc" ? <ArrowDown className="size-3.5" /> : null}
                    {direction === "asc" ? <ArrowUp className="size-3.5" /> : null}
                  </Link>
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
