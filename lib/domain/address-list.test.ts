import { expect, test } from "vitest";
import { AddressList, isInRanges, mayComeFrom, readRange } from "./address-list";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7/32", "203.0.113.7"],
  [" 203.0.113.77/24 ", "203.0.113.0/24"],
  ["2001:DB8:0::1/32", "2001:db8::/32"],
  ["::1", "::1"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7/120", "203.0.113.0/24"],
])("%s is kept as %s", (typed, kept) => {
  expect(readRange(typed)).toBe(kept);
});

test.each([
  ...["", "gateway.example", "203.0.113", "0x7f.0.0.1", "0177.0.0.1", "203.0.113.7/33", "203.0.113.7/-1", "0.0.0.0/0"],
  ...["::/0", "2001:db8::/129", "fe80::1%eth0", "203.0.113.7/24/2", "203.0.113.7:80", "::ffff:203.0.113.7/95"],
])("%j is neither an address nor a range", (typed) => {
  expect(readRange(typed)).toBeNull();
});

test("a list is read from lines, commas and spaces, each entry once, and its first mistake is named", () => {
  const typed = "203.0.113.7, 198.51.100.0/24\n203.0.113.7/32 2001:db8::/32";
  expect(AddressList.parse(typed)).toEqual(["203.0.113.7", "198.51.100.0/24", "2001:db8::/32"]);
  expect(AddressList.parse(" \n ")).toEqual([]);
  expect(AddressList.safeParse("203.0.113.7 everywhere").error?.issues[0]?.message).toContain(
    "“everywhere” is no address",
  );
});

test("an address lies in the ranges of its own family only", () => {
  const ranges = ["203.0.113.0/24", "2001:db8::/32"];
  expect(["203.0.113.255", "::ffff:203.0.113.9", "2001:db8:1::9"].map((one) => isInRanges(one, ranges))).toEqual([
    ...[true, true, true],
  ]);
  for (const other of ["203.0.114.1", "2001:db9::1", "::cb00:7109", "::1", "unknown", "", null]) {
    expect([other, isInRanges(other, ranges)]).toEqual([other, false]);
  }
});

test("while a list only learns it refuses nothing, and an address that is not known is on no list", () => {
  expect(mayComeFrom({ mode: "learn", addresses: ["203.0.113.7"] }, "198.51.100.1")).toBe(true);
  expect(mayComeFrom({ mode: "enforce", addresses: ["203.0.113.7"] }, "198.51.100.1")).toBe(false);
  expect(mayComeFrom({ mode: "enforce", addresses: ["203.0.113.7"] }, null)).toBe(false);
  expect(mayComeFrom({ mode: "enforce", addresses: ["203.0.113.7"] }, "203.0.113.7")).toBe(true);
});
