import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { ordersOfMessagesWith } from "./orders-of-messages";
import { permuted } from "./permutations";

test("the numbers 0 to 5,039 name every order of seven once", () => {
  const orders = Array.from({ length: 5_040 }, (_, number) => permuted("abcdefg".split(""), number).join(""));
  expect(new Set(orders).size).toBe(5_040);
});

test("one order of seven messages in sixty, and histories by chance, end as their story ends", {
  timeout: 120_000,
}, async () => {
  const { broken, figures } = await runSlice(ordersOfMessagesWith({ everyNth: 60, partSize: 84, histories: 300 }), {
    count: 468,
  });
  expect(broken).toEqual([]);
  expect(figures["orders of seven"]).toBe(168);
});
