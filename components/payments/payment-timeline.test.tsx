import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { TimelineRow } from "@/db/queries/payment-timeline";
import { newId, RefundRequestId, TimelineEntryId } from "@/lib/domain/ids";
import type { TimelineDetails, TimelineKind } from "@/lib/domain/timeline";
import { lastProof, timelineItems } from "./payment-timeline";

function row(kind: TimelineKind, details: TimelineDetails, rest: Partial<TimelineRow> = {}): TimelineRow {
  return {
    id: newId(TimelineEntryId),
    at: new Date("2026-11-19T03:42:09Z"),
    kind,
    fromState: null,
    toState: null,
    actor: "gateway",
    personName: null,
    details,
    refundId: null,
    mchRefundNo: null,
    refundAmount: null,
    callId: null,
    callOutcome: null,
    callDurationMs: null,
    secretVersion: 1,
    notificationId: null,
    deliveries: null,
    effect: null,
    ...rest,
  };
}

const context = {
  environment: "test",
  currency: "HKD",
  translate: (message: string) => (message.includes("验签失败") ? "Signature verification failed" : null),
} as const;

function items(...rows: TimelineRow[]) {
  return timelineItems(rows, context);
}

function words(node: React.ReactNode): string {
  return renderToStaticMarkup(node)
    .replace(/<[^>]*>/g, "")
    .replaceAll("\u00A0", " ")
    .replaceAll("&#x27;", "'");
}

test("a person's act goes from the person to us, a machine's is a note", () => {
  const [person] = items(row("act", { act: "create" }, { personName: "Mei Lam", actor: crypto.randomUUID() }));
  const [machine] = items(row("act", { act: "ask" }, { actor: "worker" }));
  expect(person).toMatchObject({ lane: "person-to-us" });
  expect(words(person?.title)).toBe("Mei Lam created the payment");
  expect(machine?.lane).toBe("note");
});

test("an act of refunding says that it was started, not that money went back, with sum, reason, note and the number that was stored first", () => {
  const details = {
    act: "refund",
    amount: 12000,
    currency: "HKD",
    reason: "overcharged",
    note: "Ticket 4471",
    number: "R-1",
  };
  const [item] = items(row("act", details, { personName: "Mei Lam" }));
  expect(words(item?.title)).toBe("Mei Lam started a refund of HK$ 120.00: customer was overcharged");
  expect(words(item?.detail)).toContain("Ticket 4471");
  expect(words(item?.detail)).toContain("R-1");
});

test("what was asked of a second person links to its request", () => {
  const requestId = newId(RefundRequestId);
  for (const act of ["request-refund", "edited-refund", "approved-refund", "declined-refund", "withdrawn-refund"]) {
    const [item] = items(row("act", { act, amount: 12000, currency: "HKD", number: "R-1", requestId }));
    expect(item?.links, act).toEqual([{ label: "Request", href: `/test/approvals/${requestId}` }]);
  }
});

test("a call that was never answered is lost, and its end says that it may have been carried out", () => {
  const [call, answer] = items(
    row("call", { operation: "refundOrder" }, { callId: "c1", callOutcome: "timed-out" }),
    row("answer", { operation: "refundOrder", outcome: "timed-out", durationMs: 15_000 }, { callId: "c1" }),
  );
  expect(call).toMatchObject({ lane: "us-to-gateway", lost: true });
  expect(words(answer?.title)).toBe("No answer to refund/refundOrder");
  expect(words(answer?.detail)).toBe("Given up after 15 s. It may have been carried out.");
});

test("a contradiction names both sums as money, not as minor units", () => {
  const [item] = items(row("conflict", { said: "succeeded, 40000 HKD, R1795", known: "succeeded, 4000 HKD" }));
  expect(words(item?.detail).replaceAll("\u00A0", " ")).toBe(
    "It said: succeeded, HK$ 400.00, R1795. Proven before: succeeded, HK$ 40.00. Nothing was changed.",
  );
});

test("a question that was never answered is not said to have been carried out", () => {
  for (const operation of ["query", "refundQuery"]) {
    const [, answer] = items(
      row("call", { operation }, { callId: "c1", callOutcome: "interrupted" }),
      row("answer", { operation, outcome: "interrupted", durationMs: 132 }, { callId: "c1" }),
    );
    expect(words(answer?.detail)).toBe("The connection broke after 132 ms. It was only a question.");
  }
});

test("a question that was answered is told once, an order that was sent is told twice", () => {
  const both = (operation: string) => [
    row("call", { operation }, { callId: operation, callOutcome: "ok" }),
    row("answer", { operation, outcome: "ok", code: "0", verification: "valid" }, { callId: operation }),
  ];
  expect(items(...both("query"))).toHaveLength(1);
  expect(items(...both("unifiedOrder"))).toHaveLength(2);
});

test("two strokes stand only where the signature was valid, and with a link to the evidence", () => {
  const answer = (verification: string) =>
    items(row("answer", { operation: "query", outcome: "ok", code: "0", verification }, { callId: "c1" }))[0];
  expect(answer("valid")).toMatchObject({ proof: "proof", links: [{ href: "/test/calls/c1" }] });
  for (const verification of ["invalid", "missing", "none", "not-signed"]) {
    expect(answer(verification)?.proof, verification).toBe("claim");
  }
  const message = (verdict: string) =>
    items(row("notification", { notificationKind: "payment", verdict }, { notificationId: "n1" }))[0];
  expect(message("valid")).toMatchObject({ proof: "proof", links: [{ href: "/test/notifications/n1" }] });
  for (const verdict of ["bad-signature", "ambiguous", "unreadable"]) {
    expect(message(verdict)?.proof, verdict).toBe("claim");
  }
});

test("the gateway's own words are kept beside their translation", () => {
  const refused = {
    operation: "unifiedOrder",
    outcome: "refused",
    code: "9999",
    msg: "验签失败",
    verification: "not-signed",
  };
  const [item] = items(row("answer", refused, { callId: "c1" }));
  expect(words(item?.title)).toBe("Answer: code=9999, Signature verification failed");
  expect(words(item?.detail)).toContain("验签失败");
});

test("a change says what proved it, and the page's proof is the newest one that a message proved", () => {
  const paid = row("change", { subject: "payment", by: "notification" }, { toState: "paid", notificationId: "n1" });
  const ours = row(
    "change",
    { subject: "payment", by: "us" },
    { toState: "unclear", at: new Date("2026-11-19T05:00:00Z") },
  );
  expect(words(items(paid)[0]?.detail)).toBe("Proven by the notification.");
  expect(lastProof([ours, paid], "test")).toEqual({ at: paid.at, href: "/test/notifications/n1" });
  expect(lastProof([ours], "test")).toBeNull();
});

test("a cancel that the gateway refused is told as one, and nothing proves it", () => {
  const refused = { subject: "cancel", by: "us", errCode: "9999", errMsg: "验签失败" };
  const change = row("change", refused, { fromState: "sent", toState: "failed" });
  expect(words(items(change)[0]?.title)).toBe("Cancel failed");
  expect(words(items(change)[0]?.detail)).toContain("Our word alone.");
  expect(lastProof([change], "test")).toBeNull();
});

test("a text from the gateway is shown and never interpreted", () => {
  const hostile = { operation: "query", outcome: "refused", code: "<b>1", msg: "<script>alert(1)</script>" };
  const [item] = items(row("answer", hostile, { callId: "c1" }));
  expect(renderToStaticMarkup(item?.detail)).not.toContain("<script>");
});

test("our own account of a missing answer is not put into the gateway's mouth, a refusal is", () => {
  const change = (errCode: string, errMsg: string) =>
    words(items(row("change", { subject: "payment", by: "us", errCode, errMsg }, { toState: "unclear" }))[0]?.detail);
  expect(change("unreadable", "It is HTML.")).toBe("Our word alone. It is HTML.");
  expect(change("9999", "不支持的支付方式")).toBe("Our word alone. The gateway’s words: 9999 不支持的支付方式");
});
