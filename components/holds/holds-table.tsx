"use client";

import { IdCell } from "@/components/data-table/cells/id-cell";
import { MoneyCell } from "@/components/data-table/cells/money-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { WayCell } from "@/components/data-table/cells/way-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { standingOf } from "@/components/payments/payment-facts";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import type { HoldListRow } from "@/db/queries/holds";
import { holdEndsAt } from "@/lib/domain/holds";
import { TimeLeft } from "./time-left";

/** A row and the address of its payment. */
type HoldTableRow = HoldListRow & { href: string };

const column = columnsFor<HoldTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <PaymentStateLabel {...standingOf(row.original)} note={<StateNote hold={row.original} />} />,
    meta: { phone: "state", width: "272px" },
  }),
  column.accessor("heldAmount", {
    header: "Held",
    cell: ({ row }) => <MoneyCell amount={row.original.heldAmount} currency={row.original.currency} />,
    meta: { align: "right", sort: "amount", phone: "amount", width: "128px" },
  }),
  column.accessor("amount", {
    header: "Taken",
    cell: ({ row: { original } }) => (
      <MoneyCell
        amount={original.paidAt === null ? null : original.amount}
        currency={original.currency}
        tone="paid"
        hideCurrency
      />
    ),
    meta: { align: "right", width: "98px" },
  }),
  column.accessor("mchOrderNo", {
    header: "Order number",
    cell: ({ row }) => <IdCell value={row.original.mchOrderNo} href={row.original.href} />,
    meta: { phone: "number", width: "190px" },
  }),
  column.accessor("wayCode", {
    header: "Way",
    cell: ({ row }) => <WayCell value={row.original.wayCode} />,
    meta: { width: "92px", drop: 1 },
  }),
  column.accessor("subject", {
    header: "Subject",
    cell: ({ row }) => <TextCell value={row.original.subject} />,
    meta: { phone: "subject", truncate: true },
  }),
  column.accessor("createdAt", {
    header: "Created",
    cell: ({ row }) => <TimeCell at={row.original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

export function HoldsTable(props: ListTableProps<HoldTableRow>) {
  return (
    <DataTable
      {...props}
      caption="Holds. Times are Hong Kong time."
      columns={columns}
      getRowId={(hold) => hold.id}
      changeKey={(hold) => `${hold.state} ${hold.openAct} ${hold.attention}`}
    />
  );
}

/** How long it still stands, and whether something is under way. */
function StateNote({ hold }: { hold: HoldListRow }) {
  if (hold.attention !== null) return "needs a look";
  if (hold.state !== "held") return null;
  if (hold.openAct !== null) return hold.openAct === "complete" ? "completion not proven" : "release not proven";
  const until = holdEndsAt(hold.heldAt, hold);
  return until === null ? "time left not known" : <TimeLeft until={until} />;
}
