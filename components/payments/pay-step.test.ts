import { expect, test } from "vitest";
import { payStepOf, webAddress } from "./pay-step";

test("the type is compared ignoring case, as the reference server and its documentation spell it differently", () => {
  for (const type of ["payurl", "payUrl", "PAYURL"]) {
    expect(payStepOf(type, "https://pay.example/a")).toEqual({ kind: "link", url: "https://pay.example/a" });
  }
  expect(payStepOf("codeurl", "weixin://wxpay/x")).toEqual({ kind: "qr", text: "weixin://wxpay/x" });
});

test("an empty type with a link is a link", () => {
  expect(payStepOf(null, "https://pay.example/a")).toMatchObject({ kind: "link" });
  expect(payStepOf("", "not a link")).toEqual({ kind: "unknown", type: "", data: "not a link" });
});

test("nothing but http and https ever becomes a link", () => {
  const hostile = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "https:",
    "ftp://a/b",
  ];
  for (const data of [...hostile, "https://user:pass@evil.example/"]) {
    expect(webAddress(data), data).toBeNull();
    expect(payStepOf("payurl", data).kind).toBe("unknown");
    expect(payStepOf("codeImgUrl", data).kind).toBe("unknown");
    expect(payStepOf("ysfapp", JSON.stringify({ redirectUrl: data }))).toMatchObject({ redirectUrl: null });
  }
});

test("the code's text is drawn and never followed, whatever it says", () => {
  expect(payStepOf("codeUrl", "javascript:alert(1)")).toEqual({ kind: "qr", text: "javascript:alert(1)" });
});

test("an app's answer is shown as JSON, and UnionPay's has a link in it", () => {
  const answer = payStepOf("ysfapp", '{"redirectUrl":"https://ysf.example/pay"}');
  expect(answer).toMatchObject({ kind: "app", app: "UnionPay", redirectUrl: "https://ysf.example/pay" });
  expect(payStepOf("wxapp", "not json")).toMatchObject({ kind: "app", json: "not json", redirectUrl: null });
});

test("a bar-code payment has no next step", () => {
  expect(payStepOf("none", "")).toEqual({ kind: "none" });
  expect(payStepOf(null, null)).toEqual({ kind: "none" });
});

test("an unknown type is shown as it came", () => {
  expect(payStepOf("hologram", "<b>x</b>")).toEqual({ kind: "unknown", type: "hologram", data: "<b>x</b>" });
});
