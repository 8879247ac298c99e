import { expect, test } from "vitest";
import { readFields } from "@/lib/gateway/fields";
import { snippetOfCall, snippetOfMessage } from "./snippet-of-message";

const json = { endpoint: "unifiedOrder", encoding: "json", baseUrl: "https://gateway.example/gw/" } as const;

test("a message becomes a program without its old signature and without what takes no part", () => {
  const message = '{"amount":100,"subject":"茶","extParam":"","clientIp":null,"sign":"AA","channelExtra":{"a":1.50}}';
  expect(snippetOfMessage(readFields(message), json)).toEqual({
    ok: true,
    value: {
      baseUrl: "https://gateway.example/gw",
      encoding: "json",
      calls: [
        {
          path: "/api/pay/unifiedOrder",
          fields: [
            ["amount", 100],
            ["subject", "茶"],
            ["channelExtra", '{"a":1.50}'],
          ],
        },
      ],
    },
  });
});

test("a kept call goes where it went, with its numbers as numbers again", () => {
  const url = "http://127.0.0.1:4010/api/refund/refundOrder";
  const fields = { refundAmount: "800", mchRefundNo: "007", reqTime: "1795070081118", version: "1.0" };
  expect(snippetOfCall(fields, { url, encoding: "form" })).toEqual({
    ok: true,
    value: {
      baseUrl: "http://127.0.0.1:4010",
      encoding: "form",
      calls: [
        {
          path: "/api/refund/refundOrder",
          fields: [
            ["refundAmount", 800],
            ["mchRefundNo", "007"],
            ["reqTime", 1795070081118],
            ["version", "1.0"],
          ],
        },
      ],
    },
  });
});

test.each([
  ['{"amount":1,"Amount":2}', "letter case"],
  ['{"a b":1}', "none of the protocol"],
  ['{"subject":"a\\u0000b"}', "cannot stand in code"],
  ['{"subject":"\\ud800"}', "cannot stand in code"],
])("%s is not written as code, and the reason is said", (message, reason) => {
  const written = snippetOfMessage(readFields(message), json);
  expect(written).toEqual({ ok: false, error: expect.stringContaining(reason) });
});
