"use client";

import { IdCell } from "@/components/data-table/cells/id-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import type { PlanListRow } from "@/db/queries/refund-plans";
import { PlanStateLabel } from "./plan-state-label";

/** A row and the address of its page. */
type PlanTableRow = PlanListRow & { href: string };

const column = columnsFor<PlanTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <PlanStateLabel state={row.original.state} />,
    meta: { phone: "state", width: "128px" },
  }),
  column.accessor("settledCount", {
    header: "Lines done",
    cell: ({ row: { original } }) => (
      <span className="nums">
        {original.settledCount} of {original.lineCount}
      </span>
    ),
    meta: { align: "right", phone: "amount", width: "112px" },
  }),
  column.accessor("label", {
    header: "Plan",
    cell: ({ row }) => <IdCell value={row.original.label} href={row.original.href} />,
    meta: { phone: "number", width: "280px" },
  }),
  column.accessor("stopReason", {
    header: "Stopped because",
    cell: ({ row }) => <TextCell value={row.original.stopReason ?? ""} />,
    meta: { phone: "subject", truncate: true },
  }),
  column.accessor("makerName", {
    header: "Made by",
    cell: ({ row }) => <TextCell value={row.original.makerName ?? ""} />,
    meta: { width: "140px", drop: 1 },
  }),
  column.accessor("mchNo", {
    header: "Merchant",
    cell: ({ row }) => <span className="mono text-12 text-ink-2">{row.original.mchNo}</span>,
    meta: { width: "150px", drop: 1 },
  }),
  column.accessor("createdAt", {
    header: "Created",
    cell: ({ row }) => <TimeCell at={row.original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

type Props = Omit<ListTableProps<PlanTableRow>, "nothingMatches" | "isFiltered">;

export function PlansTable(props: Props) {
  return (
    <DataTable
      {...props}
      caption="Refund plans. Times are Hong Kong time."
      columns={columns}
      getRowId={(plan) => plan.id}
      changeKey={(plan) => `${plan.state} ${plan.settledCount}`}
      isFiltered={false}
      nothingMatches={null}
    />
  );
}
