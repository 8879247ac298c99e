"use client";

import Link from "next/link";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { formatDuration } from "@/components/ui/time-format";
import type { CallListRow } from "@/db/queries/calls";
import { CallOutcome } from "./call-outcome";
import { operationOf } from "./operations";

/** A row, the address of its page, and that of the payment or refund it was about. */
type CallTableRow = CallListRow & { href: string; subjectHref: string | null };

const column = columnsFor<CallTableRow>();

const columns = column.columns([
  column.accessor("outcome", {
    header: "Outcome",
    cell: ({ row: { original } }) => <CallOutcome outcome={original.outcome} />,
    meta: { phone: "state", width: "190px" },
  }),
  column.accessor("operation", {
    header: "Operation",
    cell: ({ row: { original } }) => (
      <Link href={original.href} data-row-link className="mono py-1.5 text-12">
        {operationOf(original.operation).path}
      </Link>
    ),
    meta: { phone: "number", width: "180px" },
  }),
  column.accessor("mchOrderNo", {
    header: "About",
    cell: ({ row: { original } }) => <Subject call={original} />,
    meta: { phone: "subject", width: "190px" },
  }),
  column.accessor("httpStatus", {
    header: "HTTP",
    cell: ({ row: { original } }) => <span className="mono text-12 text-ink-2">{original.httpStatus}</span>,
    meta: { align: "right", width: "64px" },
  }),
  column.accessor("code", {
    header: "Code",
    cell: ({ row: { original } }) => <span className="mono text-12 text-ink-2">{original.code}</span>,
    meta: { align: "right", width: "72px" },
  }),
  column.accessor("durationMs", {
    header: "Took",
    cell: ({ row: { original } }) => (
      <span className="nums text-12 whitespace-nowrap">{formatDuration(original.durationMs)}</span>
    ),
    meta: { align: "right", phone: "amount", width: "84px" },
  }),
  column.accessor("credentialLabel", {
    header: "Credential",
    cell: ({ row: { original } }) => <TextCell value={original.credentialLabel} />,
    meta: { truncate: true },
  }),
  column.accessor("recordedAt", {
    header: "Time",
    cell: ({ row: { original } }) => <TimeCell at={original.recordedAt} />,
    meta: { sort: "recordedAt", phone: "time", width: "154px" },
  }),
]);

export function CallsTable(props: ListTableProps<CallTableRow>) {
  return (
    <DataTable
      {...props}
      caption="Requests to the gateway. Times are Hong Kong time."
      columns={columns}
      getRowId={(call) => call.id}
      changeKey={(call) => call.outcome}
    />
  );
}

function Subject({ call: { mchOrderNo, mchRefundNo, subjectHref, composedBy } }: { call: CallTableRow }) {
  const number = mchRefundNo ?? mchOrderNo;
  if (composedBy !== null) return <TextCell value={`by hand, ${composedBy}`} />;
  if (!number || !subjectHref) return null;
  return (
    <>
      <Link
        href={subjectHref}
        className="mono py-1.5 text-12 text-ink-2 hover:text-sign hover:underline max-desk:hidden"
      >
        {number}
      </Link>
      {/* Two links so close above each other cannot be told apart by a finger. */}
      <span className="mono text-12 desk:hidden">{number}</span>
    </>
  );
}
