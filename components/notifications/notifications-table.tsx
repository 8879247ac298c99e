"use client";

import type { ReactNode } from "react";
import type { ListAddress, Sort } from "@/components/data-table/address";
import { IdCell } from "@/components/data-table/cells/id-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable } from "@/components/data-table/data-table";
import type { TableFooterProps } from "@/components/data-table/table-footer";
import { columnsFor } from "@/components/data-table/table-hook";
import { VerdictLabel } from "@/components/states/verdict-label";
import type { NotificationListRow } from "@/db/queries/notifications";
import { Effect } from "./effect";

/** A row and the address of its page. */
export type NotificationTableRow = NotificationListRow & { href: string };

const column = columnsFor<NotificationTableRow>();

const columns = column.columns([
  column.accessor("verdict", {
    header: "Verdict",
    cell: ({ row: { original } }) => (
      <VerdictLabel
        verdict={original.verdict}
        note={original.deliveries > 1 ? `delivered ${original.deliveries} times` : null}
      />
    ),
    meta: { phone: "state", width: "220px" },
  }),
  column.accessor("orderNo", {
    header: "Order number",
    cell: ({ row: { original } }) => <NumberCell notification={original} />,
    meta: { phone: "number", width: "190px" },
  }),
  column.accessor("kind", {
    header: "About",
    cell: ({ row: { original } }) => (
      <span className="text-12 text-ink-2">
        {original.kind}
        {original.gatewayState === null ? null : <span className="mono"> state={original.gatewayState}</span>}
      </span>
    ),
    meta: { phone: "amount", width: "130px" },
  }),
  column.accessor("effect", {
    header: "Effect",
    cell: ({ row: { original } }) => <Effect effect={original.effect} />,
    meta: { width: "170px" },
  }),
  column.accessor("credentialLabel", {
    header: "Credential",
    cell: ({ row: { original } }) => <TextCell value={original.credentialLabel} />,
    meta: { phone: "subject", truncate: true },
  }),
  column.accessor("sourceAddress", {
    header: "From",
    cell: ({ row: { original } }) => <span className="mono text-12 text-ink-2">{original.sourceAddress}</span>,
    meta: { width: "124px" },
  }),
  column.accessor("receivedAt", {
    header: "Received",
    cell: ({ row: { original } }) => <TimeCell at={original.receivedAt} />,
    meta: { sort: "receivedAt", phone: "time", width: "154px" },
  }),
]);

type Props = {
  rows: readonly NotificationTableRow[];
  address: ListAddress;
  sort: Sort;
  footer: TableFooterProps;
  empty: ReactNode;
  nothingMatches: ReactNode;
  isFiltered: boolean;
};

export function NotificationsTable(props: Props) {
  return (
    <DataTable
      {...props}
      caption="Notifications as they came. Times are Hong Kong time."
      columns={columns}
      getRowId={(notification) => notification.id}
      changeKey={(notification) => `${notification.verdict} ${notification.deliveries} ${notification.effect}`}
    />
  );
}

/** A message that could not be read has no number, and still a page. */
function NumberCell({ notification: { orderNo, href } }: { notification: NotificationTableRow }) {
  if (orderNo) return <IdCell value={orderNo} href={href} />;
  return (
    <a href={href} data-row-link className="inline-block py-1.5 text-ink-3">
      no number in it
    </a>
  );
}
