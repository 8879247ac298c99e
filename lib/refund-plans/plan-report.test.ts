import { expect, test } from "vitest";
import type { PlanLineRow } from "@/db/queries/refund-plan-page";
import { readCsv, unguarded } from "@/lib/domain/csv";
import { planReport, reportFileName } from "./plan-report";

const line: PlanLineRow = {
  lineNo: 2,
  typedNumber: "20261119000000123456",
  typedAmount: "35",
  reason: '=HYPERLINK("http://127.0.0.1")',
  note: "+852 first\r\nsecond",
  mchRefundNo: "-7",
  amount: 3_500,
  currency: "HKD",
  verdict: "refund",
  why: null,
  isConfirmed: false,
  state: "made",
  problem: null,
  settledAt: new Date("2026-11-19T04:00:00Z"),
  paymentId: null,
  mchOrderNo: "1E18",
  payOrderId: "MAR-1",
  refundId: null,
  refundState: "failed",
  refundOrderId: null,
  errCode: "0012",
  errMsg: "@system",
  succeededAt: null,
  requestId: null,
  requestState: null,
};

test("a report keeps every text to the letter, lets no cell be calculated and only sums be numbers", () => {
  const read = readCsv(planReport([line]), ",");
  if (!read.ok) throw new Error(read.error.message);
  const [names, cells] = read.value.map((record) => record.cells);
  const cell = (name: string) => cells?.[names?.indexOf(name) ?? -1] ?? "";
  for (const text of cells ?? []) expect(text.trim()).not.toMatch(/^[=+\-@]/);
  const texts = {
    "Number as listed": line.typedNumber,
    "Order number": "1E18",
    "Gateway number": "MAR-1",
    "Refund number": "-7",
    "Error code": "0012",
    Reason: line.reason,
    Note: line.note,
    Error: "@system",
  };
  for (const [name, text] of Object.entries(texts)) {
    expect(cell(name)).toBe(`'${text}`);
    expect(unguarded(cell(name))).toBe(text);
  }
  expect(cell("Amount")).toBe("35.00");
  expect(cell("Its turn was")).toBe("2026-11-19T12:00:00+08:00");
});

test("the name of the file holds nothing that a header or a folder could stumble over", () => {
  const createdAt = new Date("2026-11-18T20:00:00Z");
  expect(reportFileName({ label: 'A "../B"\r\n退款', createdAt }, "test")).toBe("refund-plan-2026-11-19-a-b-test.csv");
  expect(reportFileName({ label: "退款", createdAt }, "production")).toBe("refund-plan-2026-11-19-production.csv");
});
