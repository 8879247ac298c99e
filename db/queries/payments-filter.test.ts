import fc from "fast-check";
import { expect, test } from "vitest";
import { isFiltered, readPaymentFilter } from "./payments-filter";

test("an address without anything is the newest page of everything", () => {
  const filter = readPaymentFilter({});
  const window = { sort: { by: "createdAt", direction: "desc" }, after: null, before: null };
  expect(filter).toMatchObject({ states: [], window });
  expect(isFiltered(filter)).toBe(false);
});

test("states may be repeated or listed, in any order, and strangers among them are left out", () => {
  const listed = readPaymentFilter({ state: "paid,waiting,nonsense" });
  const repeated = readPaymentFilter({ state: ["waiting", "paid"] });
  expect(listed.states).toEqual(["waiting", "paid"]);
  expect(repeated).toEqual(listed);
  expect(isFiltered(listed)).toBe(true);
});

test("amounts are read in major units and kept in minor ones", () => {
  const filter = readPaymentFilter({ least: "30", most: "1,280.50" });
  expect(filter).toMatchObject({ least: 3000, most: 128050 });
  expect(readPaymentFilter({ least: "12.345", most: "-1" })).toMatchObject({ least: null, most: null });
});

test("sorting takes columns of a closed list only, and a minus turns it", () => {
  const sortOf = (sort: string) => readPaymentFilter({ sort }).window.sort;
  expect(sortOf("amount")).toEqual({ by: "amount", direction: "asc" });
  expect(sortOf("-amount")).toEqual({ by: "amount", direction: "desc" });
  expect(sortOf("amount; drop table payments")).toEqual({ by: "createdAt", direction: "desc" });
});

test("a day that does not exist is not asked for", () => {
  expect(readPaymentFilter({ from: "2026-02-30", to: "2026-02-28" })).toMatchObject({ from: null, to: "2026-02-28" });
});

test("no address whatsoever makes the reader fail", () => {
  const names = fc.constantFrom("state", "look", "way", "credential", "from", "to", "least", "most", "number", "sort");
  const values = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(names, fc.constantFrom("after", "before")), values), (params) => {
      expect(() => readPaymentFilter(params)).not.toThrow();
    }),
  );
});
