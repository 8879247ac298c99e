import { describe, expect, test } from "vitest";
import { maskText } from "@/lib/gateway/masking";
import { type GatewayVector, gatewayVectors } from "@/lib/gateway/vectors/read-vectors";
import { diagnose } from "./diagnose";
import { gatewayView } from "./gateway-view";

function textOf({ contentType, params, paramsText }: GatewayVector): string {
  if (contentType === "application/json") return paramsText ?? JSON.stringify(params);
  return new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)])).toString();
}

describe("the reference server's own readings", () => {
  const cases = gatewayVectors().map((vector) => [`${vector.category} ${vector.name}`, vector] as const);

  test.each(cases)("%s: the endpoint is guessed and the text is the gateway's", (_name, vector) => {
    const view = gatewayView({ text: textOf(vector), contentType: vector.contentType });
    expect(view?.signedText ?? null).toBe(vector.signString && maskText(vector.signString));
    expect(view?.refusal === null).toBe(vector.sign !== null);
  });

  test.each(cases)(
    "%s: signing the members as sent is called right only where the gateway takes it",
    (_name, vector) => {
      const found = diagnose({ text: textOf(vector), secret: vector.key, receivedSign: vector.plainSign });
      expect(found.verdict).toBe(vector.plainAccepted ? "valid" : "explained");
      expect(found.gateway).toEqual({ expected: vector.sign, accepts: vector.plainAccepted });
    },
  );

  test.each(cases.filter(([, { sign }]) => sign !== null))(
    "%s: the gateway's own digest is never unexplained",
    (_name, vector) => {
      const found = diagnose({ text: textOf(vector), secret: vector.key, receivedSign: vector.sign ?? "" });
      expect(found.gateway?.accepts).toBe(true);
      expect(found.verdict).toBe(vector.plainAccepted ? "valid" : "explained");
    },
  );
});

const order = {
  mchNo: "M1",
  appId: "a1",
  reqTime: "1700000000000",
  version: "1.0",
  signType: "MD5",
  sign: "x",
  wayCode: "WX_QR",
  mchOrderNo: "T1",
};

function warningsOn(fields: object): readonly string[] {
  return gatewayView({ text: JSON.stringify({ ...order, ...fields }) })?.warnings ?? [];
}

describe("warnings", () => {
  test.each([
    ["1.00", '"1.00" is charged as one cent. Sums are whole cents: for HKD 1.00 send 100.'],
    ["88.00", '"88.00" is charged as HK$\u00A00.88. Sums are whole cents: for HKD 88.00 send 8800.'],
    ["1,280", '"1,280" is charged as HK$\u00A012.80.'],
  ])("a sum sent as %j says what is charged", (amount, warning) => {
    expect(warningsOn({ amount })).toEqual([warning]);
  });

  test("a plain sum in cents is no reason to worry", () => {
    const view = gatewayView({ text: JSON.stringify({ ...order, amount: 8800, expiredTime: 300 }) });
    expect(view?.warnings).toEqual([]);
    expect(view?.members.find(({ boundTo }) => boundTo === "amount")?.meaning).toBe("HK$\u00A088.00");
    expect(view?.members.find(({ boundTo }) => boundTo === "expiredTime")?.meaning).toBe("5 minutes");
  });

  test("dropped and renamed members are told", () => {
    expect(warningsOn({ storeId: "S7", Amount: 1 })).toEqual([
      "storeId is dropped: the gateway does not know it. If it was signed, the signature fails.",
      "Amount is read as amount and signed under that name.",
    ]);
  });

  test("a number that cannot be read refuses the request", () => {
    const view = gatewayView({ text: JSON.stringify({ ...order, amount: "12a" }) });
    expect(view?.refusal).toBe("amount cannot be read as a whole number");
    expect(view?.signedText).toBeNull();
  });

  test("what the gateway asks for first is missed", () => {
    expect(gatewayView({ text: '{"mchOrderNo":"T1","mchNo":"M1","sign":"x"}' })?.warnings).toEqual([
      "The gateway asks for appId, reqTime, version, signType and finds nothing there.",
    ]);
  });

  test("an expiry in milliseconds is seen", () => {
    expect(warningsOn({ amount: 1, expiredTime: 1_800_000 })).toEqual([
      "expiredTime counts seconds: 1800000 is 21 days.",
    ]);
  });
});

test("a text that no endpoint knows has no view", () => {
  expect(gatewayView({ text: '{"foo":1}' })).toBeNull();
});

test("card numbers are masked beside what was sent", () => {
  const view = gatewayView({ text: JSON.stringify({ ...order, channelExtra: '{"accNo":"6222021234567890"}' }) });
  expect(JSON.stringify(view)).not.toContain("6222021234567890");
});
