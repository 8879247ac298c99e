import { expect, test } from "vitest";
import { err, ok } from "@/lib/domain/result";
import type { GatewayFailure } from "./failures";
import { keyVerdictOf } from "./key-verdict";
import type { MessageClass } from "./messages";

const refused = (messageClass: MessageClass): GatewayFailure => ({
  ...{ kind: "refused", next: "stop", code: "9999", message: "" },
  class: messageClass,
});

test.each<[string, GatewayFailure | null, string]>([
  ["a signed answer", null, "taken"],
  ["an order that is not there", refused("not-found"), "taken"],
  ["an order in another state", refused("state"), "taken"],
  ["a way that the application has not", refused("routing"), "taken"],
  ["a number that is used", { kind: "duplicate", next: "ask", code: "9999", message: "" }, "taken"],
  ["a wrong signature", refused("signature"), "refused"],
  ["a field that is missing, which comes before the signature", refused("request"), "unclear"],
  ["a merchant that is not there, which comes before it too", refused("credentials"), "unclear"],
  ["a sum that is missing or too much, before or after it", refused("amount"), "unclear"],
  ["the gateway's own trouble", { kind: "gateway-fault", next: "ask", code: "10", message: "" }, "unclear"],
  ["no answer in time", { kind: "timed-out", next: "ask", afterMs: 15_000 }, "unclear"],
  ["an answer that nobody signed right", { kind: "bad-signature", next: "ask", signature: "invalid" }, "unclear"],
])("what %s says about the key of a request", (_, failure, verdict) => {
  expect(keyVerdictOf(failure === null ? ok({}) : err(failure))).toBe(verdict);
});
