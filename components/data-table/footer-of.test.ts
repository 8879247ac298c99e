import { expect, test } from "vitest";
import { footerOf } from "./footer-of";

const address = { path: "/test/refunds", search: "state=unclear&after=seen" };
const row = (second: number) => ({ at: new Date(second * 1000) });
const page = { rows: [row(3), row(2), row(1)], newer: "n", older: "o" };

test("the neighbours of a screen keep its filters and forget its own place", () => {
  expect(footerOf(address, page, null)).toMatchObject({
    newer: "/test/refunds?state=unclear&before=n",
    older: "/test/refunds?state=unclear&after=o",
  });
  expect(footerOf(address, { ...page, newer: null, older: null }, null)).toMatchObject({ newer: null, older: null });
});

test("the time that a screen spans is said where the list is in the order of time, and has rows", () => {
  expect(footerOf(address, page, ({ at }) => at)).toMatchObject({ first: row(3).at, last: row(1).at });
  expect(footerOf(address, page, null)).toMatchObject({ first: null, last: null });
  expect(footerOf(address, { ...page, rows: [] }, ({ at }) => at)).toMatchObject({ first: null, last: null });
});
