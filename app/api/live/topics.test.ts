import { expect, test } from "vitest";
import { newId, PaymentId } from "@/lib/domain/ids";
import { concerns, readTopics } from "./topics";

test("a page may wait for an environment or for one payment, and for nothing else", () => {
  const id = newId(PaymentId);
  expect(readTopics(`test,${id}`)).toEqual([{ environment: "test" }, { paymentId: id }]);
  for (const text of [null, "", "staging", "test,", `test,${id}x`, Array(30).fill("test").join(",")]) {
    expect(readTopics(text)).toBeNull();
  }
});

test("a change is heard by the lists of its environment and by the page of its payment only", () => {
  const id = newId(PaymentId);
  const change = { environment: "test", paymentId: id } as const;
  expect(concerns([{ environment: "test" }], change)).toBe(true);
  expect(concerns([{ environment: "production" }], change)).toBe(false);
  expect(concerns([{ paymentId: id }], change)).toBe(true);
  expect(concerns([{ paymentId: newId(PaymentId) }], change)).toBe(false);
  expect(concerns([{ paymentId: id }], { environment: "test", paymentId: null })).toBe(false);
});
