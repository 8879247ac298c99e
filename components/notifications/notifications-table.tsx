"use client";

import { RotateCcw } from "lucide-react";
import { IdCell } from "@/components/data-table/cells/id-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { VerdictLabel } from "@/components/states/verdict-label";
import { Button } from "@/components/ui/button";
import { exactTime } from "@/components/ui/time-format";
import type { NotificationListRow } from "@/db/queries/notifications";
import { Effect } from "./effect";

/** A row and the address of its page. */
export type NotificationTableRow = NotificationListRow & { href: string };

const column = columnsFor<NotificationTableRow>();

const columns = column.columns([
  column.accessor("verdict", {
    header: "Verdict",
    cell: ({ row: { original } }) => <VerdictLabel verdict={original.verdict} note={noteOf(original)} />,
    meta: { phone: "state", width: "206px" },
  }),
  column.accessor("orderNo", {
    header: "Order number",
    cell: ({ row: { original } }) => <NumberCell notification={original} />,
    meta: { phone: "number", width: "180px" },
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
    meta: { width: "156px" },
  }),
  column.accessor("credentialLabel", {
    header: "Credential",
    cell: ({ row: { original } }) => <TextCell value={original.credentialLabel} />,
    meta: { phone: "subject", truncate: true },
  }),
  column.accessor("sourceAddress", {
    header: "From",
    cell: ({ row: { original } }) => <span className="mono text-12 text-ink-2">{original.sourceAddress}</span>,
    meta: { width: "116px" },
  }),
  column.accessor("receivedAt", {
    header: "Received",
    cell: ({ row: { original } }) => <TimeCell at={original.receivedAt} />,
    meta: { sort: "receivedAt", phone: "time", width: "154px" },
  }),
]);

type Props = ListTableProps<NotificationTableRow> & {
  /** Where chosen messages are judged again; null for whoever may not. */
  reprocessHref: string | null;
};

export function NotificationsTable({ reprocessHref, ...props }: Props) {
  return (
    <DataTable
      {...props}
      selection={
        reprocessHref
          ? {
              action: reprocessHref,
              name: "id",
              labelOf: ({ orderNo, receivedAt }) => `Choose ${orderNo ?? "the message"} of ${exactTime(receivedAt)}`,
              bar: (rows) => <ChosenNotifications count={rows.length} />,
            }
          : undefined
      }
      caption="Notifications as they came. Times are Hong Kong time."
      columns={columns}
      getRowId={(notification) => notification.id}
      changeKey={(notification) => `${notification.verdict} ${notification.deliveries} ${notification.effect}`}
    />
  );
}

function ChosenNotifications({ count }: { count: number }) {
  return (
    <>
      <span className="mr-1" aria-live="polite">
        {count === 0 ? (
          "Tick notifications, then"
        ) : (
          <>
            <b className="font-semibold">{count}</b> chosen
          </>
        )}
      </span>
      <Button type="submit" variant="primary" size="sm" icon={<RotateCcw />}>
        Reprocess…
      </Button>
    </>
  );
}

function noteOf({ isHeld, effect, deliveries }: NotificationTableRow): string | null {
  if (isHeld && !effect) return "made us ask";
  return deliveries > 1 ? `delivered ${deliveries} times` : null;
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
