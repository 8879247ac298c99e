import { expect, test } from "vitest";
import { pageMetadata } from "./page-metadata";

test("title and icon name the environment, and what belongs to none is called neither", () => {
  expect(pageMetadata("Payments", "test")).toEqual({
    title: "Payments · TEST",
    icons: { icon: "/favicon-test.svg" },
  });
  expect(pageMetadata("Payments", "production")).toMatchObject({ title: "Payments · Production" });
  expect(pageMetadata("Payments", "staging")).toEqual({ title: "Nothing here" });
});
