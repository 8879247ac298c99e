import { expect, test } from "vitest";
import type { PaymentRefund } from "@/db/queries/payment-page";
import { newId, RefundId } from "@/lib/domain/ids";
import { PaymentState } from "@/lib/domain/payment-state";
import { inFrontOf, type PaymentFacts } from "./payment-facts";
import { attentionOf, meaningOf, nextOf } from "./payment-sentences";

const now = new Date("2026-11-19T06:35:00Z");

const paid: PaymentFacts = {
  state: "paid",
  amount: 128000,
  currency: "HKD",
  wayCode: "WX_QR",
  refundedAmount: 0,
  reservedAmount: 0,
  attention: null,
  provenBy: "notification",
  errCode: null,
  errMsg: null,
  paidAt: new Date("2026-11-19T03:42:09Z"),
  expiresAt: new Date("2026-11-19T05:41:33Z"),
  heldAmount: null,
  heldAt: null,
  closeAskedAt: null,
  nextAskAt: null,
  askCount: 1,
  createdAt: new Date("2026-11-19T03:41:33Z"),
  hasOpenCancel: false,
};

function refund(state: string): PaymentRefund {
  return {
    id: newId(RefundId),
    mchRefundNo: "R-261119-9T4KXW2M",
    refundOrderId: null,
    amount: 12000,
    currency: "HKD",
    reason: "overcharged",
    state,
    provenBy: null,
    errCode: null,
    errMsg: null,
    nextAskAt: new Date("2026-11-19T06:36:00Z"),
    askCount: 1,
    sentAt: now,
    sendCount: 1,
    heldUntil: null,
    origin: "console",
    createdAt: now,
  };
}

const none = { refunds: [], requests: [] };

// A non-breaking space stands between currency and digits.
const plain = (text: string) => text.replaceAll("\u00A0", " ");

test("a paid payment says how, when in Hong Kong, and that nothing is open", () => {
  expect(plain(meaningOf(paid, none, now))).toBe("Paid with WeChat Pay at 11:42:09 today. Nothing is open.");
});

test("a payment of the day before says its date", () => {
  const tomorrow = new Date("2026-11-19T20:00:00Z");
  expect(plain(meaningOf(paid, none, tomorrow))).toContain("on 19 Nov 11:42:09.");
});

test("money that went back, and money of which nobody knows, are told apart", () => {
  const part = { ...paid, refundedAmount: 12000, reservedAmount: 24000 };
  expect(plain(meaningOf(part, { refunds: [refund("unclear")], requests: [] }, now))).toContain(
    "HK$ 120.00 has gone back to the payer. We do not know yet whether HK$ 120.00 more went back.",
  );
  expect(plain(meaningOf(part, { refunds: [refund("pending")], requests: [] }, now))).toContain(
    "HK$ 120.00 more is being refunded by the gateway.",
  );
  expect(plain(meaningOf({ ...part, hasOpenCancel: true }, none, now))).toContain("A cancel is under way");
});

test("a refund that is not sent yet is called so, and one that waits in the queue stands behind the one in front", () => {
  const part = { ...paid, reservedAmount: 24000 };
  expect(plain(meaningOf(part, { refunds: [refund("prepared")], requests: [] }, now))).toContain(
    "HK$ 120.00 more is prepared to go back",
  );
  const queue = [refund("prepared"), { ...refund("pending"), mchRefundNo: "R-FIRST" }] as const;
  expect(plain(meaningOf(part, { refunds: queue, requests: [] }, now))).toContain("is being refunded by the gateway");
  expect(inFrontOf(queue[0], queue)).toBe("R-FIRST");
  expect(inFrontOf(queue[1], queue)).toBeNull();
});

test("a refund that waits for a second person is open, and one that was declined is not", () => {
  const asked = { state: "open", amount: 5000, currency: "HKD" } as const;
  const said = (...requests: { state: "open" | "declined"; amount: number; currency: string }[]) =>
    plain(meaningOf(paid, { refunds: [], requests }, now));
  expect(said(asked)).toContain("HK$ 50.00 to be refunded waits for a second person, and nothing of it is sent.");
  expect(said(asked)).not.toContain("Nothing is open");
  expect(said(asked, asked)).toContain("HK$ 100.00 to be refunded in 2 requests wait");
  expect(said({ ...asked, state: "declined" })).toContain("Nothing is open.");
});

test("late money and money that went elsewhere are loud", () => {
  const late = { ...paid, attention: "paid-after-close" };
  expect(plain(attentionOf({ ...late, closeAskedAt: now })?.title ?? "")).toContain("after the order had been closed");
  expect(plain(attentionOf(late)?.title ?? "")).toContain("after the order had expired");
  expect(attentionOf({ ...paid, attention: "refunded-elsewhere" })?.title).toContain("outside this console");
});

test("an order whose time is over is not offered to the payer, and says who has the next word", () => {
  const waiting = { ...paid, state: "waiting" as const, paidAt: null };
  const before = new Date(waiting.expiresAt.getTime() - 1);
  expect(plain(meaningOf(waiting, none, before))).toBe("The payer can pay HK$ 1,280.00 now.");
  expect(meaningOf({ ...waiting, nextAskAt: now }, none, now)).toContain("is asked again");
  expect(meaningOf(waiting, none, now)).toContain("Ask it, or close the order");
});

test("an unclear payment warns of creating it twice", () => {
  expect(meaningOf({ ...paid, state: "unclear" }, none, now)).toContain("Do not create it a second time");
});

test("a closed order says whether we ended it or time did", () => {
  const closed = { ...paid, state: "closed" } as const;
  expect(meaningOf({ ...closed, closeAskedAt: now }, none, now)).toContain("Closed by us");
  expect(meaningOf(closed, none, now)).toContain("Nobody paid in time");
});

test("every state has its sentence", () => {
  const sentences = PaymentState.options.map((state) => meaningOf({ ...paid, state }, none, now));
  expect(new Set(sentences).size).toBe(PaymentState.options.length);
});

test("what happens next is the refund's question while a refund is open, and nothing when all is certain", () => {
  expect(nextOf(paid, [refund("unclear")])?.text).toContain("about the refund");
  expect(nextOf(paid, [refund("succeeded")])).toBeNull();
  const waiting = { ...paid, state: "waiting", nextAskAt: now } as const;
  expect(nextOf(waiting, [])).toMatchObject({ at: now, after: "No one has to do anything." });
});

test("a payment that needs a person says so, also for a reason that we have no words for", () => {
  expect(attentionOf(paid)).toBeNull();
  for (const attention of ["paid-after-close", "paid-after-decline", "contradiction", "wrong-content", "new-thing"]) {
    expect(attentionOf({ ...paid, attention })?.title, attention).toBeTruthy();
  }
});
