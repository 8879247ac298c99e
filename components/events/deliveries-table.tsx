"use client";

import Link from "next/link";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { Time } from "@/components/ui/time";
import type { DeliveryListRow } from "@/db/queries/event-deliveries";
import { DeliveryStateLabel } from "./delivery-state";
import { outcomeWord } from "./event-words";

/** A row, the address of its page, and that of the payment or refund it is about. */
type DeliveryTableRow = DeliveryListRow & { href: string; subjectHref: string | null };

const column = columnsFor<DeliveryTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row: { original } }) => <DeliveryStateLabel state={original.state} />,
    meta: { phone: "state", width: "130px" },
  }),
  column.accessor("type", {
    header: "Event",
    cell: ({ row: { original } }) => (
      <Link href={original.href} data-row-link className="mono py-1.5 text-12">
        {original.type}
      </Link>
    ),
    meta: { phone: "number", width: "170px" },
  }),
  column.accessor("mchOrderNo", {
    header: "About",
    cell: ({ row: { original } }) => <Subject delivery={original} />,
    meta: { phone: "subject", width: "190px" },
  }),
  column.accessor("endpointLabel", {
    header: "Endpoint",
    cell: ({ row: { original } }) => <TextCell value={original.endpointLabel} />,
    meta: { truncate: true },
  }),
  column.accessor("lastOutcome", {
    header: "Last answer",
    cell: ({ row: { original } }) => (
      <span className="text-12 text-ink-2">{original.lastOutcome ? lastAnswer(original) : null}</span>
    ),
    meta: { width: "130px" },
  }),
  column.accessor("attempts", {
    header: "Attempts",
    cell: ({ row: { original } }) => <span className="nums text-12">{original.attempts}</span>,
    meta: { align: "right", width: "84px", drop: 1 },
  }),
  column.accessor("nextAttemptAt", {
    header: "Next",
    cell: ({ row: { original } }) =>
      original.nextAttemptAt ? <Time at={original.nextAttemptAt} kind="relative" className="text-12" /> : null,
    meta: { width: "96px", drop: 1 },
  }),
  column.accessor("createdAt", {
    header: "Time",
    cell: ({ row: { original } }) => <TimeCell at={original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

export function DeliveriesTable(props: ListTableProps<DeliveryTableRow>) {
  return (
    <DataTable
      {...props}
      caption="Events on their way to your own systems. Times are Hong Kong time."
      columns={columns}
      getRowId={(delivery) => delivery.id}
      changeKey={(delivery) => `${delivery.state} ${delivery.attempts}`}
    />
  );
}

function lastAnswer({ lastOutcome, lastStatus }: DeliveryTableRow): string {
  return lastStatus === null ? outcomeWord(lastOutcome ?? "").word : `HTTP ${lastStatus}`;
}

function Subject({ delivery: { mchOrderNo, mchRefundNo, subjectHref } }: { delivery: DeliveryTableRow }) {
  const number = mchRefundNo ?? mchOrderNo;
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
