import { expect, test } from "vitest";
import { fragmentOf, sharedCaseIn } from "./shared-case";

const secret = "invented-secret-that-is-shared-with-nobody";
const shared = {
  text: '{"subject":"奶茶 & ½","amount":1}',
  receivedSign: "A".repeat(32),
  endpoint: "unifiedOrder" as const,
};

test("a shared case is read back as it was, the signature included", () => {
  const fragment = fragmentOf(shared, "");
  expect(fragment).toMatch(/^case=[\w-]+$/);
  expect(sharedCaseIn(`#${fragment}`)).toEqual(shared);
});

test("the secret and card numbers are not handed on, wherever they stand", () => {
  const text = `{"subject":"${secret}","channelExtra":"{\\"accNo\\":\\"6222021234567890\\"}"}`;
  const read = sharedCaseIn(fragmentOf({ ...shared, text, receivedSign: secret }, secret) ?? "");
  expect(JSON.stringify(read)).not.toContain(secret);
  expect(JSON.stringify(read)).not.toContain("6222021234567890");
  expect(read?.text).toContain('"subject":"<key>"');
});

test.each([
  "",
  "#",
  "#top",
  "#case=",
  "#case=%%%",
  "#case=e30",
  `#case=${btoa("[1,2,3]")}`,
  `#case=${"A".repeat(20_000)}`,
])("what was not made here is no case: %s", (fragment) => {
  expect(sharedCaseIn(fragment)).toBeNull();
});

test("a case that is too long for an address is not shared", () => {
  expect(fragmentOf({ ...shared, text: `a=${"x".repeat(20_000)}` }, "")).toBeNull();
});
