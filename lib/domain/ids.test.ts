import { expect, test } from "vitest";
import { MchOrderNo, newId, newMchOrderNo, newMchRefundNo, PaymentId } from "./ids";

test("ids come out unique and in the order they were made", () => {
  const ids = Array.from({ length: 20_000 }, () => newId(PaymentId));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test("an id is a version 7 UUID", () => {
  expect(newId(PaymentId)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("order and refund numbers fit the protocol, name the day in Hong Kong and avoid letters that look like digits", () => {
  const lateEvening = new Date("2026-11-18T17:30:00Z");
  expect(newMchOrderNo(lateEvening)).toMatch(/^P-261119-[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(newMchRefundNo(lateEvening)).toMatch(/^R-261119-[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(newMchOrderNo().length).toBeLessThanOrEqual(30);
});

test("an order number that the gateway could not store is refused", () => {
  for (const text of ["", "A".repeat(31), "A B", "A&B", "订单"]) expect(MchOrderNo.safeParse(text).success).toBe(false);
});
