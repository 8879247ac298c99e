import { expect, test } from "vitest";
import { ownPath, signInAddress } from "./return-path";

test.each(["/test/payments", "/production/payments?state=paid&sort=-amount", "/test/payments/018f#x"])(
  "after signing in a person may come back to %s",
  (path) => {
    expect(ownPath(path)).toBe(path.replace(/#.*/, ""));
  },
);

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "/test\\@evil.example",
  "javascript:alert(1)",
  "/sign-in?to=/sign-in",
  "/api/auth/signout",
  "/join/abc",
  "",
  `/${"a".repeat(3000)}`,
])("a sign-in leads nowhere else: %s", (path) => {
  expect(ownPath(path)).toBeNull();
});

test("the way back is carried along, and left out when there is none", () => {
  expect(signInAddress("/test/payments?state=paid")).toBe("/sign-in?to=%2Ftest%2Fpayments%3Fstate%3Dpaid");
  expect(signInAddress(null)).toBe("/sign-in");
  expect(signInAddress("//evil.example")).toBe("/sign-in");
});
