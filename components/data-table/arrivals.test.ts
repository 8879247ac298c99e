import { expect, test } from "vitest";
import { mergeFresh } from "./arrivals";

type Row = { id: string; state: string };
const row = (id: string, state = "waiting"): Row => ({ id, state });
const keys = { getRowId: (r: Row) => r.id, changeKey: (r: Row) => r.state, goesOn: false };
const ids = (rows: readonly Row[]) => rows.map((r) => r.id).join("");

test("new rows wait and the list being read does not move", () => {
  const merged = mergeFresh([row("c"), row("b"), row("a")], [row("e"), row("d"), row("c")], { ...keys, goesOn: true });
  expect(ids(merged.rows)).toBe("cba");
  expect(ids(merged.waiting)).toBe("ed");
});

test("a row whose facts changed is updated in its place and named as changed", () => {
  const merged = mergeFresh([row("b"), row("a")], [row("b"), row("a", "paid")], keys);
  expect(merged.rows[1]?.state).toBe("paid");
  expect([...merged.changed]).toEqual(["a"]);
});

test("a row that no longer fits the filter leaves the list", () => {
  const merged = mergeFresh([row("c"), row("b"), row("a")], [row("c"), row("a")], keys);
  expect(ids(merged.rows)).toBe("ca");
});

test("a row at the end that no longer fits the filter leaves the list too", () => {
  const merged = mergeFresh([row("c"), row("b"), row("a")], [row("c"), row("b")], keys);
  expect(ids(merged.rows)).toBe("cb");
});

test("the last row of a whole list leaves it, though another one has come at the same moment", () => {
  const merged = mergeFresh([row("b"), row("a")], [row("c"), row("b")], keys);
  expect(ids(merged.rows)).toBe("b");
  expect(ids(merged.waiting)).toBe("c");
});

test.each(["b", "cb"])(
  "a list none of whose rows is left shows what came instead, and never that there is nothing",
  (fresh) => {
    const merged = mergeFresh(
      [row("a")],
      [...fresh].map((id) => row(id)),
      keys,
    );
    expect(ids(merged.rows)).toBe(fresh);
    expect(ids(merged.waiting)).toBe("");
  },
);

test("an empty list shows what comes at once", () => {
  expect(ids(mergeFresh([], [row("a")], keys).rows)).toBe("a");
});
