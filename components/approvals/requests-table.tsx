"use client";

import { IdCell } from "@/components/data-table/cells/id-cell";
import { MoneyCell } from "@/components/data-table/cells/money-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { RequestStateLabel } from "@/components/states/request-state-label";
import type { RequestListRow } from "@/db/queries/refund-requests";
import { refundReasonLabel } from "@/lib/domain/refund-reasons";

/** A row and the address of its page. */
type RequestTableRow = RequestListRow & { href: string };

const column = columnsFor<RequestTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <RequestStateLabel state={row.original.state} />,
    meta: { phone: "state", width: "176px" },
  }),
  column.accessor("amount", {
    header: "Amount",
    cell: ({ row }) => <MoneyCell amount={row.original.amount} currency={row.original.currency} />,
    meta: { align: "right", phone: "amount", width: "124px" },
  }),
  column.accessor("mchRefundNo", {
    header: "Refund number",
    cell: ({ row }) => <IdCell value={row.original.mchRefundNo} href={row.original.href} />,
    meta: { phone: "number", width: "180px" },
  }),
  column.accessor("requestedByName", {
    header: "Asked for by",
    cell: ({ row }) => <TextCell value={row.original.requestedByName ?? "Somebody"} />,
    meta: { phone: "subject", truncate: true, width: "160px" },
  }),
  column.accessor("reason", {
    header: "Reason",
    cell: ({ row }) => <TextCell value={refundReasonLabel(row.original.reason)} />,
    meta: { truncate: true },
  }),
  column.accessor("createdAt", {
    header: "Asked at",
    cell: ({ row }) => <TimeCell at={row.original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

export function RequestsTable(props: ListTableProps<RequestTableRow>) {
  return (
    <DataTable
      {...props}
      caption="Refunds that need a second person. Times are Hong Kong time."
      columns={columns}
      getRowId={(request) => request.id}
      changeKey={(request) => request.state}
    />
  );
}
