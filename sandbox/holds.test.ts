import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { order, startTestbed, type Testbed } from "./testing/sandbox";

const holds = {
  completePath: "/api/made-up/take",
  releasePath: "/api/made-up/free",
  orderField: "holdOrderNo",
  amountField: "takeAmount",
  numberField: "takeNo",
  completedState: 21,
  releasedState: 22,
  isPartAllowed: true,
};

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
beforeEach(() => sandbox.control("POST", "holds", holds));
afterEach(() => sandbox.control("DELETE", "faults"));
afterAll(() => sandbox.stop());

async function held(): Promise<string> {
  const { mchOrderNo, ...fields } = order({ amount: 1000 });
  await sandbox.call("/api/pay/unifiedOrder", { mchOrderNo, ...fields });
  await sandbox.control("POST", "pay", { mchOrderNo });
  return mchOrderNo;
}

function take(holdOrderNo: string, takeAmount: number, takeNo: string) {
  return sandbox.call(holds.completePath, { holdOrderNo, takeAmount, takeNo });
}

function kept(mchOrderNo: string) {
  return sandbox.control<{ state: number; takenAmount?: number; holdExecutions?: number }>(
    "GET",
    `orders/${mchOrderNo}`,
  );
}

test("nothing answers at any path for holds before somebody has set one", async () => {
  await sandbox.control("POST", "holds", { none: true });
  await expect(take(await held(), 1000, "A")).rejects.toThrow("404");
});

test("a hold is taken once, in part too, and a number that was used is refused", async () => {
  const mchOrderNo = await held();
  expect((await take(mchOrderNo, 1001, "B1")).code).toBe(9999);
  expect(await take(mchOrderNo, 600, "B2")).toMatchObject({ code: 0, data: { mchOrderNo, state: 21 } });
  expect((await take(mchOrderNo, 600, "B2")).msg).toContain("已存在");
  expect((await take(mchOrderNo, 400, "B3")).msg).toContain("订单状态不正确");
  expect(await kept(mchOrderNo)).toMatchObject({ state: 21, takenAmount: 600, holdExecutions: 1 });
});

test("of what was taken, that much can go back and not more", async () => {
  const mchOrderNo = await held();
  await take(mchOrderNo, 600, "C1");
  const back = (refundAmount: number, mchRefundNo: string) =>
    sandbox.call("/api/refund/refundOrder", {
      ...{ mchOrderNo, mchRefundNo, refundAmount, currency: "HKD", refundReason: "Early leave" },
    });
  expect((await back(601, "RC1")).code).toBe(9999);
  expect(await back(600, "RC2")).toMatchObject({ code: 0, data: { state: 2 } });
  expect((await kept(mchOrderNo)).state).toBe(5);
});

test("a released hold cannot be taken any more", async () => {
  const mchOrderNo = await held();
  const freed = await sandbox.call(holds.releasePath, { holdOrderNo: mchOrderNo, takeNo: "D1" });
  expect(freed).toMatchObject({ code: 0, data: { state: 22 } });
  expect((await take(mchOrderNo, 1000, "D2")).code).toBe(9999);
});

test("a field of another name is dropped before the signature is checked, as everywhere", async () => {
  const mchOrderNo = await held();
  const answer = await sandbox.call(holds.completePath, { holdOrderNo: mchOrderNo, takeAmount: 1000, unheardOf: "x" });
  expect(answer).toMatchObject({ code: 9999, msg: "验签失败" });
});

test("the switches reach completions by their name", async () => {
  const mchOrderNo = await held();
  await sandbox.control("POST", "faults", { kind: "system-error-after", operation: "holdComplete", mchOrderNo });
  expect((await take(mchOrderNo, 1000, "E1")).msg).toBe("系统异常");
  expect(await kept(mchOrderNo)).toMatchObject({ state: 21, holdExecutions: 1 });
});
