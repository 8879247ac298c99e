import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayVector, gatewayVectors } from "@/lib/gateway/vectors/read-vectors";
import { startTestbed, type Testbed } from "./testing/sandbox";

const paths: Readonly<Record<string, string>> = {
  unifiedOrder: "/api/pay/unifiedOrder",
  query: "/api/pay/query",
  close: "/api/pay/close",
  refundOrder: "/api/refund/refundOrder",
  refundQuery: "/api/refund/query",
};
const offered = gatewayVectors().filter(({ endpoint }) => endpoint in paths);

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
afterAll(() => sandbox.stop());

function bodyOf({ contentType, params, paramsText }: GatewayVector, sign: string): string {
  if (contentType === "application/json") {
    return (paramsText ?? JSON.stringify(params)).replace(/\}$/, `,"sign":"${sign}"}`);
  }
  const form = Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams([...form, ["sign", sign]]).toString();
}

async function answerTo(vector: GatewayVector, sign: string): Promise<{ code: number; msg: string }> {
  const response = await fetch(`${sandbox.url}${paths[vector.endpoint]}`, {
    method: "POST",
    headers: { "Content-Type": vector.contentType, Accept: "application/json" },
    body: bodyOf(vector, sign),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { code: number; msg: string };
}

describe("the sandbox verifies as the reference server does", () => {
  test("for all operations that it offers", () => {
    expect(new Set(offered.map(({ endpoint }) => endpoint))).toEqual(new Set(Object.keys(paths)));
  });

  test.each(offered.map((vector) => [`${vector.category} ${vector.name}`, vector] as const))(
    "%s",
    async (_, vector) => {
      const app = { appId: "65f000000000000000000001", secret: vector.key };
      await sandbox.control("POST", "merchants", { environment: "test", mchNo: "M1700000001", apps: [app] });
      if (vector.sign === null) {
        expect((await answerTo(vector, vector.plainSign ?? "0".repeat(32))).code).toBe(11);
        return;
      }
      expect((await answerTo(vector, vector.sign)).msg).not.toMatch(/验签失败|参数有误|不能为空/);
      expect((await answerTo(vector, vector.sign.toLowerCase())).msg).not.toBe("验签失败");
      expect((await answerTo(vector, vector.plainSign)).msg === "验签失败").toBe(!vector.plainAccepted);
      expect(
        (
          await answerTo(
            vector,
            vector.sign.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
          )
        ).msg,
      ).toBe("验签失败");
    },
  );
});
