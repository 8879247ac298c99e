"use client";

import { IdCell } from "@/components/data-table/cells/id-cell";
import { MoneyCell } from "@/components/data-table/cells/money-cell";
import { ProofCell } from "@/components/data-table/cells/proof-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { WayCell } from "@/components/data-table/cells/way-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { Time } from "@/components/ui/time";
import type { RefundListRow } from "@/db/queries/refunds";
import { refundReasonLabel } from "@/lib/domain/refund-reasons";

/** A row and the address of its page. */
type RefundTableRow = RefundListRow & { href: string };

const column = columnsFor<RefundTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <RefundStateLabel state={row.original.state} note={<StateNote refund={row.original} />} />,
    meta: { phone: "state", width: "228px" },
  }),
  column.accessor("amount", {
    header: "Amount",
    cell: ({ row }) => <MoneyCell amount={row.original.amount} currency={row.original.currency} />,
    meta: { align: "right", sort: "amount", phone: "amount", width: "112px" },
  }),
  column.accessor("mchRefundNo", {
    header: "Refund number",
    cell: ({ row }) => <IdCell value={row.original.mchRefundNo} href={row.original.href} />,
    meta: { phone: "number", width: "172px" },
  }),
  column.accessor("mchOrderNo", {
    header: "Of order",
    cell: ({ row }) => <span className="mono text-12 text-ink-2">{row.original.mchOrderNo}</span>,
    meta: { width: "142px" },
  }),
  column.accessor("wayCode", {
    header: "Way",
    cell: ({ row }) => <WayCell value={row.original.wayCode} />,
    meta: { width: "76px" },
  }),
  column.accessor("reason", {
    header: "Reason",
    cell: ({ row }) => <TextCell value={refundReasonLabel(row.original.reason)} />,
    meta: { phone: "subject", truncate: true },
  }),
  column.accessor("provenBy", {
    header: "Proven by",
    cell: ({ row: { original } }) => (
      <ProofCell kind={original.provenBy ? "proof" : "claim"}>{original.provenBy ?? "our request"}</ProofCell>
    ),
    meta: { width: "104px" },
  }),
  column.accessor("createdAt", {
    header: "Created",
    cell: ({ row }) => <TimeCell at={row.original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

export function RefundsTable(props: ListTableProps<RefundTableRow>) {
  return (
    <DataTable
      {...props}
      caption="Refunds. Times are Hong Kong time."
      columns={columns}
      getRowId={(refund) => refund.id}
      changeKey={(refund) => `${refund.state} ${refund.attention}`}
    />
  );
}

/** A few words that save opening the refund. */
function StateNote({ refund: { state, attention, askCount, nextAskAt, errMsg } }: { refund: RefundListRow }) {
  if (attention !== null) return "needs a look";
  if (state === "failed") return errMsg ? <span className="line-clamp-1">{errMsg}</span> : null;
  if (state !== "unclear" && state !== "pending") return null;
  return (
    <>
      asked {askCount}×
      {nextAskAt ? (
        <>
          , next <Time at={nextAskAt} kind="clock" />
        </>
      ) : null}
    </>
  );
}
