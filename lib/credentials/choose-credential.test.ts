import { expect, test } from "vitest";
import { choiceFor } from "./choose-credential";

const any = { label: "any", wayCodes: [] };
const counter = { label: "counter", wayCodes: ["WX_BAR", "ALI_BAR"] };
const shop = { label: "shop", wayCodes: ["WX_QR"] };

test("a credential that names the way code comes before one that takes all", () => {
  expect(choiceFor([any, counter, shop], "WX_BAR")).toBe(counter);
  expect(choiceFor([any, counter, shop], "UP_OP")).toBe(any);
});

test("without a fitting credential there is no choice", () => {
  expect(choiceFor([counter, shop], "UP_OP")).toBeNull();
  expect(choiceFor([], "WX_QR")).toBeNull();
});
