import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { ordersOfMessagesWith } from "./orders-of-messages";
import { permuted } from "./permutations";

test("the numbers 0 to 5,039 name every order of seven once", () => {
  const orders = Array.from({ length: 5_040 }, (_, number) => permuted("abcdefg".split(""), number).join(""));
  expect(new Set(orders).size).toBe(5_040);
});

test("one order of seven messages in a hundred and twenty, and histories by chance, end as their story ends", {
  timeout: 400_000,
}, async () => {
  const { broken, figures } = await runSlice(ordersOfMessagesWith({ everyNth: 120, partSize: 42, histories: 150 }), {
    count: 234,
  });
  expect(broken).toEqual([]);
  expect(figures["orders of seven"]).toBe(84);
});
