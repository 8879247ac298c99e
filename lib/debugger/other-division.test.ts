import { expect, test } from "vitest";
import { sign } from "@/lib/gateway/signature";
import { otherDivision } from "./other-division";

test("a value that holds & is also read as fields of its own, with the same signature", () => {
  const pieces = [
    { name: "amount", text: "100" },
    { name: "body", text: "tea&state=2" },
  ];
  const other = otherDivision(pieces)?.asDivided ?? [];
  expect(other).toEqual([
    { name: "amount", text: "100" },
    { name: "body", text: "tea" },
    { name: "state", text: "2" },
  ]);
  const fields = (list: readonly { name: string; text: string }[]) =>
    Object.fromEntries(list.map(({ name, text }) => [name, text]));
  expect(sign(fields(other), "invented-key")).toBe(sign(fields(pieces), "invented-key"));
});

test("a text without & in its values has one reading", () => {
  expect(otherDivision([{ name: "notifyUrl", text: "https://shop.example/?a=1" }])).toBeNull();
});
