import fc from "fast-check";
import { expect, test } from "vitest";
import { readSort, sortHref, sortParam, withParams } from "./address";

test("a sort survives the way through the address", () => {
  const sorts = fc.record({ by: fc.constantFrom("amount", "createdAt"), direction: fc.constantFrom("asc", "desc") });
  fc.assert(
    fc.property(sorts, (sort) => {
      expect(readSort(sortParam(sort as never), ["amount", "createdAt"])).toEqual(sort);
    }),
  );
});

test("only columns on the list can be sorted by", () => {
  expect(readSort("-password_hash", ["amount"])).toBeNull();
  expect(readSort(undefined, ["amount"])).toBeNull();
});

test("a header keeps the filters, turns the order and begins at the first page", () => {
  const address = { path: "/test/payments", search: "state=paid&after=abc&sort=-amount" };
  const href = sortHref(address, "amount", { by: "amount", direction: "desc" }, "desc");
  expect(href).toBe("/test/payments?state=paid&sort=amount");
});

test("taking a filter away leaves the others as they were", () => {
  expect(withParams("state=paid&way=WX_QR", { state: null })).toBe("way=WX_QR");
});
