import { expect, test } from "vitest";
import type { GatewayFailure } from "@/lib/gateway/failures";
import { newsOfFailedRefund } from "./refund-news";

const underWay: GatewayFailure = {
  kind: "refused",
  next: "stop",
  code: "9999",
  message: "支付订单具有在途退款申请，请稍后再试",
  class: "state",
};

test("a refund that is refused because another is under way has failed, when it was sent for the first time", () => {
  expect(newsOfFailedRefund(underWay, { isAgain: false })).toMatchObject({ to: "failed", provenBy: null });
});

test("sent again, the refund under way may be its own first sending, so it stays unclear", () => {
  expect(newsOfFailedRefund(underWay, { isAgain: true })).toMatchObject({ to: "unclear", errCode: "9999" });
  const tooMuch: GatewayFailure = { ...underWay, message: "申请金额超出订单可退款余额", class: "amount" };
  expect(newsOfFailedRefund(tooMuch, { isAgain: true })).toMatchObject({ to: "unclear" });
});

test("sent again and refused for what it is, it has failed", () => {
  const unsigned: GatewayFailure = { ...underWay, message: "验签失败", class: "signature" };
  expect(newsOfFailedRefund(unsigned, { isAgain: true })).toMatchObject({ to: "failed" });
});
