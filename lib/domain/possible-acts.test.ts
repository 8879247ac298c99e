import { expect, test } from "vitest";
import { type ActingPayment, possibleActs } from "./possible-acts";

const paidAt = new Date("2026-11-19T03:42:09Z");
const paid: ActingPayment = {
  state: "paid",
  amount: 1000,
  refundedAmount: 0,
  reservedAmount: 0,
  paidAt,
  heldAmount: null,
  openRefund: "none",
  hasOpenCancel: false,
};

function possible(change: Partial<ActingPayment>, now = paidAt): string {
  const acts = possibleActs({ ...paid, ...change }, now);
  return (["refund", "cancel", "close"] as const).filter((act) => acts[act].isPossible).join(" ");
}

test("an unpaid order can be closed, a paid one cancelled on its day or refunded, an ended one neither", () => {
  expect(possible({ state: "waiting", paidAt: null })).toBe("close");
  expect(possible({ state: "unclear", paidAt: null })).toBe("close");
  expect(possible({})).toBe("refund cancel");
  for (const state of ["closed", "declined", "cancelled", "refunded", "refused"] as const)
    expect(possible({ state })).toBe("");
});

test("cancel ends at midnight in Hong Kong, not at midnight anywhere else", () => {
  expect(possible({}, new Date("2026-11-19T15:59:59Z"))).toBe("refund cancel");
  expect(possible({}, new Date("2026-11-19T16:00:00Z"))).toBe("refund");
});

test("a refund under way leaves no cancel, and an unclear one no other refund either", () => {
  expect(possible({ openRefund: "unclear", reservedAmount: 10 })).toBe("");
  expect(possible({ openRefund: "under-way", reservedAmount: 10 })).toBe("refund");
  expect(possible({ refundedAmount: 10, reservedAmount: 10 })).toBe("refund");
  expect(possible({ refundedAmount: 1000, reservedAmount: 1000 })).toBe("");
  expect(possible({ hasOpenCancel: true, reservedAmount: 1000 })).toBe("");
});

test("what is not possible says why", () => {
  const acts = possibleActs({ ...paid, state: "waiting" }, paidAt);
  for (const act of [acts.refund, acts.cancel]) expect(act.isPossible ? "" : act.why).toContain("Not possible");
});

test("of a hold that was released nothing is said to be going back", () => {
  const why = (change: Partial<ActingPayment>) => {
    const { refund } = possibleActs({ ...paid, state: "cancelled", ...change }, paidAt);
    return refund.isPossible ? "" : refund.why;
  };
  expect(why({ heldAmount: 1000, paidAt: null })).toContain("the hold was released, and nothing was taken");
  expect(why({ heldAmount: 1000 })).toContain("the money is going back");
  expect(why({})).toContain("the money is going back");
});
