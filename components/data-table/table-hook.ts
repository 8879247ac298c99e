"use client";

import {
  type ColumnDef,
  createColumnHelper,
  type ReactTable,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";

/** Where a cell stands in the two-line row of a phone. Cells without a place are not shown there. */
type PhonePlace = "state" | "amount" | "subject" | "number" | "time";

/** What our table shell wants to know of a column beyond its header and cell. */
export type ColumnMeta = {
  align?: "right";
  /** The name under which the address sorts by it. Only named columns have a sort link. */
  sort?: string;
  /** What the first click on the header asks for; dates and sums start with the largest. */
  firstDirection?: "asc" | "desc";
  phone?: PhonePlace;
  width?: string;
  /** Leaves the table when it gets narrow: 1 goes first, 2 next. Columns without a phone place are 2. */
  drop?: 1 | 2;
  /** Takes the room that is left and is cut at its edge. */
  truncate?: boolean;
};

// No row models: order, filters and paging are the address's and the database's.
const features = tableFeatures({ columnMeta: {} as ColumnMeta });

export type DataTableFeatures = typeof features;
// Columns of different values stand in one list, and the library's own helper gives that list this type.
// biome-ignore lint/suspicious/noExplicitAny: a value is read by its own column's cell only
export type DataColumns<Row extends RowData> = readonly ColumnDef<DataTableFeatures, Row, any>[];

/** The helper with which a subject writes its columns. */
export function columnsFor<Row extends RowData>() {
  return createColumnHelper<DataTableFeatures, Row>();
}

/** What the style sheet reads of a column, for its header and its cells alike. */
export function columnData(meta: ColumnMeta) {
  return {
    "data-align": meta.align,
    "data-phone": meta.phone,
    "data-drop": meta.drop ?? (meta.phone ? undefined : 2),
    "data-truncate": meta.truncate,
  };
}

type Options<Row extends RowData> = {
  columns: DataColumns<Row>;
  rows: readonly Row[];
  getRowId: (row: Row) => string;
};

/** The one door to the table library. */
export function useDataTable<Row extends RowData>({
  columns,
  rows,
  getRowId,
}: Options<Row>): ReactTable<DataTableFeatures, Row> {
  return useTable({ features, columns, data: rows, getRowId });
}
