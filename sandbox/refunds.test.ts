import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { order, refund, startTestbed, type Testbed } from "./testing/sandbox";

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
beforeEach(async () => {
  await sandbox.control("POST", "reset", {});
});
afterAll(() => sandbox.stop());

const refundOrder = "/api/refund/refundOrder";

async function paidOrder(): Promise<string> {
  const sent = order({ amount: 1000 });
  await sandbox.call("/api/pay/unifiedOrder", sent);
  await sandbox.control("POST", "pay", { mchOrderNo: sent.mchOrderNo });
  return sent.mchOrderNo;
}

async function paymentState(mchOrderNo: string): Promise<unknown> {
  return (await sandbox.call("/api/pay/query", { mchOrderNo })).data?.state;
}

async function refundState(mchRefundNo: string): Promise<unknown> {
  return (await sandbox.call("/api/refund/query", { mchRefundNo })).data?.state;
}

describe("a refund", () => {
  test("in parts leaves the payment paid until the last part makes it refunded", async () => {
    const mchOrderNo = await paidOrder();
    const first = await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 400 }));
    expect(first.data).toMatchObject({ state: 2, payAmount: 1000, refundAmount: 400 });
    expect(first.data?.refundOrderId).toMatch(/^R[0-9]{19}$/);
    expect(await paymentState(mchOrderNo)).toBe(2);
    expect((await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 601 }))).msg).toBe(
      "申请金额超出订单可退款余额，请检查退款金额",
    );
    await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 600 }));
    expect(await paymentState(mchOrderNo)).toBe(5);
    expect((await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 1 }))).msg).toBe(
      "订单状态不正确， 无法完成退款",
    );
  });

  test("keeps its number for ever", async () => {
    const mchOrderNo = await paidOrder();
    const sent = refund(mchOrderNo, { refundAmount: 1 });
    await sandbox.call(refundOrder, sent);
    expect((await sandbox.call(refundOrder, sent)).msg).toBe(`商户退款订单号[${sent.mchRefundNo}]已存在`);
  });

  test.each([
    [{ mchRefundNo: "" }, "商户退款单号不能为空"],
    [{ refundAmount: null }, "退款金额不能为空"],
    [{ refundAmount: 0 }, "退款金额请大于1分"],
    [{ currency: " " }, "货币代码不能为空"],
    [{ refundReason: "" }, "退款原因不能为空"],
    [{ mchOrderNo: "" }, "mchOrderNo 和 payOrderId不能同时为空"],
    [{ notifyUrl: "shop.example" }, "异步通知地址协议仅支持http:// 或 https:// !"],
    [{ mchOrderNo: "unknown" }, "退款订单不存在"],
  ])("with %j is refused: %s", async (fields, msg) => {
    expect(await sandbox.call(refundOrder, refund("T1", fields))).toEqual({ code: 9999, msg });
  });

  test("of an unpaid order is refused", async () => {
    const sent = order();
    await sandbox.call("/api/pay/unifiedOrder", sent);
    expect((await sandbox.call(refundOrder, refund(sent.mchOrderNo))).msg).toBe("订单状态不正确， 无法完成退款");
  });

  test("that takes time blocks the next one until it has ended", async () => {
    await sandbox.control("POST", "knobs", { refundDelayMs: 3000 });
    const mchOrderNo = await paidOrder();
    const sent = refund(mchOrderNo, { refundAmount: 400 });
    expect((await sandbox.call(refundOrder, sent)).data?.state).toBe(1);
    expect((await sandbox.call(refundOrder, refund(mchOrderNo))).msg).toBe("支付订单具有在途退款申请，请稍后再试");
    await sandbox.control("POST", "clock", { advanceMs: 3000 });
    expect(await refundState(sent.mchRefundNo)).toBe(2);
    expect((await sandbox.call(refundOrder, refund(mchOrderNo))).code).toBe(0);
  });

  test("can be made to fail, and the money stays refundable", async () => {
    await sandbox.control("POST", "faults", { kind: "pause-refunds" });
    const mchOrderNo = await paidOrder();
    const sent = refund(mchOrderNo);
    await sandbox.call(refundOrder, sent);
    await sandbox.control("POST", "refund", { mchRefundNo: sent.mchRefundNo, outcome: "fail" });
    expect(await refundState(sent.mchRefundNo)).toBe(3);
    expect(await sandbox.control("GET", `orders/${mchOrderNo}`)).toMatchObject({ refundedAmount: 0, state: 2 });
  });

  test("that is paused goes on when the switch is off, and is given up after two hours", async () => {
    const { id } = await sandbox.control<{ id: string }>("POST", "faults", { kind: "pause-refunds" });
    const [first, second] = [refund(await paidOrder()), refund(await paidOrder())];
    await sandbox.call(refundOrder, first);
    await sandbox.control("POST", "clock", { advanceMs: 2 * 3_600_000 });
    expect(await refundState(first.mchRefundNo)).toBe(4);
    await sandbox.call(refundOrder, second);
    expect(await refundState(second.mchRefundNo)).toBe(1);
    await sandbox.control("DELETE", `faults/${id}`);
    expect(await refundState(second.mchRefundNo)).toBe(2);
  });

  test("whose answer was a system error is stored, and does not block a second one", async () => {
    const mchOrderNo = await paidOrder();
    await sandbox.control("POST", "faults", { kind: "system-error-after", operation: "refundOrder", times: 1 });
    const lost = refund(mchOrderNo, { refundAmount: 500 });
    expect(await sandbox.call(refundOrder, lost)).toEqual({ code: 9999, msg: "系统异常" });
    expect(await refundState(lost.mchRefundNo)).toBe(0);
    expect((await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 500 }))).data?.state).toBe(2);
    await sandbox.control("POST", "refund", { mchRefundNo: lost.mchRefundNo });
    expect(await paymentState(mchOrderNo)).toBe(5);
  });

  test("stands in the way of a cancel", async () => {
    const mchOrderNo = await paidOrder();
    await sandbox.call(refundOrder, refund(mchOrderNo, { refundAmount: 1 }));
    expect((await sandbox.call("/api/pay/cancel", { mchOrderNo })).msg).toBe("订单已发生退款，无法撤销");
  });
});
