"use client";

import { IdCell } from "@/components/data-table/cells/id-cell";
import { MoneyCell } from "@/components/data-table/cells/money-cell";
import { ProofCell } from "@/components/data-table/cells/proof-cell";
import { TextCell } from "@/components/data-table/cells/text-cell";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import { WayCell } from "@/components/data-table/cells/way-cell";
import { DataTable, type ListTableProps } from "@/components/data-table/data-table";
import { columnsFor } from "@/components/data-table/table-hook";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { Time } from "@/components/ui/time";
import type { PaymentListRow } from "@/db/queries/payments-list";
import { ChosenPayments } from "./chosen-payments";
import { proofOf, standingOf, wentBack } from "./payment-facts";

/** A row and the address of its page. */
type PaymentTableRow = PaymentListRow & { href: string };

const column = columnsFor<PaymentTableRow>();

const columns = column.columns([
  column.accessor("state", {
    header: "State",
    cell: ({ row }) => <PaymentStateLabel {...standingOf(row.original)} note={<StateNote payment={row.original} />} />,
    meta: { phone: "state", width: "250px" },
  }),
  column.accessor("amount", {
    header: "Amount",
    cell: ({ row }) => <MoneyCell amount={row.original.amount} currency={row.original.currency} />,
    meta: { align: "right", sort: "amount", phone: "amount", width: "128px" },
  }),
  column.accessor("refundedAmount", {
    header: "Refunded",
    cell: ({ row }) => (
      <MoneyCell
        amount={wentBack(row.original)}
        currency={row.original.currency}
        tone="refunded"
        isNegative
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
  column.accessor("provenBy", {
    header: "Proven by",
    cell: ({ row: { original } }) => (
      <ProofCell kind={proofOf(original) ? "proof" : "claim"}>{proofOf(original) ?? "our order"}</ProofCell>
    ),
    meta: { width: "112px", drop: 1 },
  }),
  column.accessor("createdAt", {
    header: "Created",
    cell: ({ row }) => <TimeCell at={row.original.createdAt} />,
    meta: { sort: "createdAt", phone: "time", width: "154px" },
  }),
]);

type Props = ListTableProps<PaymentTableRow> & {
  /** Where chosen payments go to be refunded together; without it none can be chosen. */
  planHref?: string | undefined;
};

export function PaymentsTable({ planHref, ...props }: Props) {
  return (
    <DataTable
      {...props}
      selection={
        planHref
          ? {
              action: planHref,
              name: "payment",
              labelOf: ({ mchOrderNo }) => `Choose ${mchOrderNo}`,
              bar: (rows) => <ChosenPayments rows={rows} />,
            }
          : undefined
      }
      caption="Payments. Times are Hong Kong time."
      columns={columns}
      getRowId={(payment) => payment.id}
      changeKey={(payment) => `${payment.state} ${payment.refundedAmount} ${payment.attention}`}
    />
  );
}

/** A few words that save opening the payment. */
function StateNote({ payment }: { payment: PaymentListRow }) {
  const { state, attention, expiresAt, askCount, nextAskAt, errMsg } = payment;
  if (attention === "contradiction" || attention === "wrong-content") return "needs a look";
  if (attention === "paid-after-decline") return "after a decline";
  if (state === "declined" || state === "refused")
    return errMsg ? <span className="line-clamp-1">{errMsg}</span> : null;
  if (state === "unclear") {
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
  if (state === "waiting" || state === "created") {
    return (
      <>
        expires <Time at={expiresAt} kind="relative" />
      </>
    );
  }
  return null;
}
