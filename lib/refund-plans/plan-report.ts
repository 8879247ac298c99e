import type { PlanDetails, PlanLineRow } from "@/db/queries/refund-plan-page";
import { type CsvCell, writeCsv } from "@/lib/domain/csv";
import { amountForInput } from "@/lib/domain/money";

/** What became of every line, as a table that spreadsheets open without calculating or rounding anything in it. */
export function planReport(lines: readonly PlanLineRow[]): string {
  return writeCsv([columns.map(([name]) => name), ...lines.map((line) => columns.map(([, cell]) => cell(line)))]);
}

/** `refund-plan-2026-11-19-returns-test.csv`: nothing in it that a file system or a header could stumble over. */
export function reportFileName({ label, createdAt }: Pick<PlanDetails, "label" | "createdAt">, environment: string) {
  const day = new Date(createdAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return ["refund-plan", day, name.slice(0, 40), environment].filter(Boolean).join("-").concat(".csv");
}

const columns: readonly [name: string, cell: (line: PlanLineRow) => CsvCell][] = [
  ["Line", ({ lineNo }) => ({ figure: String(lineNo) })],
  ["Number as listed", ({ typedNumber }) => ({ id: typedNumber })],
  ["Order number", ({ mchOrderNo }) => number(mchOrderNo)],
  ["Gateway number", ({ payOrderId }) => number(payOrderId)],
  ["Amount as listed", ({ typedAmount }) => ({ id: typedAmount })],
  ["Amount", ({ amount, currency }) => (amount && currency ? { figure: amountForInput(amount, currency) } : null)],
  ["Currency", ({ currency }) => currency],
  ["Reason", ({ reason }) => reason],
  ["Note", ({ note }) => note],
  ["Rehearsal", ({ verdict }) => verdict],
  ["Rehearsal says", ({ why }) => why],
  ["Line state", ({ state }) => state],
  ["Why", ({ problem }) => problem],
  ["Refund number", ({ mchRefundNo }) => number(mchRefundNo)],
  ["Refund state", ({ refundState }) => refundState],
  ["Gateway refund number", ({ refundOrderId }) => number(refundOrderId)],
  ["Approval", ({ requestState }) => requestState],
  ["Error code", ({ errCode }) => number(errCode)],
  ["Error", ({ errMsg }) => errMsg],
  ["Its turn was", ({ settledAt }) => instant(settledAt)],
  ["Succeeded", ({ succeededAt }) => instant(succeededAt)],
];

function number(text: string | null): CsvCell {
  return text === null ? null : { id: text };
}

/** Hong Kong time with its offset, so that nobody has to know the zone of the file. */
function instant(at: Date | null): string | null {
  return at === null ? null : `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
