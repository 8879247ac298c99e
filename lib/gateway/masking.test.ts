import { expect, test } from "vitest";
import { maskerFor, maskText } from "./masking";

// Invented numbers.
const card = "6222021234567890123";
const shown = "622202*********0123";

test.each([
  [`{"accNo":"${card}"}`, `{"accNo":"${shown}"}`],
  [`{"accNo" : ${card}}`, `{"accNo" : ${shown}}`],
  [`{"channelExtra":"{\\"accNo\\":\\"${card}\\"}"}`, `{"channelExtra":"{\\"accNo\\":\\"${shown}\\"}"}`],
  [`a=1&accNo=${card}&b=2`, `a=1&accNo=${shown}&b=2`],
  ['{"authCode":"134567890123456789"}', '{"authCode":"******"}'],
  ['{"auth_code":"x"}', '{"auth_code":"******"}'],
  [`{"payOrderId":"P1900000000000000001"}`, `{"payOrderId":"P1900000000000000001"}`],
])("%s is kept as %s", (text, expected) => {
  expect(maskText(text)).toBe(expected);
  expect(maskText(maskText(text))).toBe(expected);
});

test("the values of a request are hidden wherever they turn up, and its secret too", () => {
  const mask = maskerFor(`{"accNo":"${card}"}`, "an-invented-secret");
  expect(mask(`card ${card} is wrong, key=an-invented-secret`)).toBe(`card ${shown} is wrong, key=<key>`);
});
