import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainSignature } from "./signature";
import { bindMembers, gatewayEndpoints, isGatewayEndpoint, readTyped } from "./typed-reading";
import { type GatewayVector, gatewayVectors } from "./vectors/read-vectors";
import { WireFields } from "./wire-fields";

function bodyOf(vector: GatewayVector): string {
  if (vector.contentType === "application/json") return vector.paramsText ?? JSON.stringify(vector.params);
  const form = Object.entries(vector.params).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(form).toString();
}

function readUnifiedOrder(body: string) {
  return readTyped("unifiedOrder", { contentType: "application/json;charset=UTF-8", body });
}

function amountReadFrom(literal: string): string | null | "refused" {
  const reading = readUnifiedOrder(`{"amount":${literal}}`);
  return reading.ok ? reading.value.fields.textOf("amount") : "refused";
}

describe("the reference server's own readings", () => {
  test("name only endpoints we know", () => {
    const named = new Set(gatewayVectors().map(({ endpoint }) => endpoint));
    expect([...named].filter((endpoint) => !isGatewayEndpoint(endpoint))).toEqual([]);
    expect(gatewayVectors().length).toBeGreaterThanOrEqual(68);
  });

  test.each(gatewayVectors().map((vector) => [`${vector.category} ${vector.name}`, vector] as const))(
    "%s",
    (_, vector) => {
      if (!isGatewayEndpoint(vector.endpoint)) throw new Error(`${vector.endpoint} is not an endpoint`);
      const reading = readTyped(vector.endpoint, { contentType: vector.contentType, body: bodyOf(vector) });
      if (vector.sign === null) {
        expect(reading.ok ? null : reading.error.kind).toBe("unreadable-member");
        return;
      }
      if (!reading.ok) throw new Error(reading.error.reason);
      const explained = explainSignature(reading.value.fields, vector.key);
      expect(explained.maskedText).toBe(vector.signString);
      expect(explained.sign).toBe(vector.sign);
      expect(explained.sign === vector.plainSign).toBe(vector.plainAccepted);
    },
  );
});

describe("numbers are read before they are signed", () => {
  test.each([
    ["100", "100"],
    ['"0100"', "100"],
    ['" 100 "', "100"],
    ["100.0", "100"],
    ['"100.0"', "100"],
    ["1e2", "100"],
    ["100.5", "100"],
    ["0.99", "0"],
    ["125e-2", "1"],
    ['"1,000"', "1000"],
    ["true", "1"],
    ["false", "0"],
    ["-5", "-5"],
    ['""', null],
    ["null", null],
    ['"null"', null],
    ["9223372036854775807", "9223372036854775807"],
    ["9223372036854775808", "refused"],
    ["1e400", "refused"],
    ['"12a"', "refused"],
    ['"0x64"', "refused"],
    ["[100]", "refused"],
  ])("an amount sent as %s is read as %s", (literal, expected) => {
    expect(amountReadFrom(literal)).toBe(expected);
  });

  test("every whole number of 64 bits is read as itself, as a number and as a text", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (whole) => {
        expect(amountReadFrom(String(whole))).toBe(String(whole));
        expect(amountReadFrom(`"${whole}"`)).toBe(String(whole));
      }),
    );
  });

  test("a byte and an int refuse what does not fit", () => {
    expect(readUnifiedOrder('{"divisionMode":127,"expiredTime":2147483647}').ok).toBe(true);
    expect(readUnifiedOrder('{"divisionMode":128}').ok).toBe(false);
    expect(readUnifiedOrder('{"expiredTime":2147483648}').ok).toBe(false);
  });
});

describe("how members find their place", () => {
  test("every spelling of a name that differs in case, underscores and dashes binds to the gateway's own", () => {
    const spelling = fc.array(fc.constantFrom("", "_", "-"), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(spelling, fc.boolean(), (separators, isUpper) => {
        const loose = [..."mchOrderNo"].map((letter, index) => `${separators[index]}${letter}`).join("");
        const name = isUpper ? loose.toUpperCase() : loose.toLowerCase();
        const reading = bindMembers("query", [{ name, value: { kind: "text", text: "T1" } }]);
        expect(reading.ok && reading.value.fields.textOf("mchOrderNo")).toBe("T1");
      }),
    );
  });

  test("a form and the query of its address are one request, and the form has the last word", () => {
    const reading = readTyped("query", {
      contentType: "application/x-www-form-urlencoded",
      query: "mchNo=M1&mchOrderNo=old",
      body: "mchOrderNo=new&x=1",
    });
    expect(reading.ok && [reading.value.fields.textOf("mchNo"), reading.value.fields.textOf("mchOrderNo")]).toEqual([
      "M1",
      "new",
    ]);
  });

  test("a JSON body on a GET is not looked at", () => {
    const request = { method: "GET", contentType: "application/json", query: "mchNo=M1", body: '{"mchNo":"M2"}' };
    const reading = readTyped("query", request);
    expect(reading.ok && reading.value.fields.textOf("mchNo")).toBe("M1");
  });

  test.each([
    ["application/json", "[1]"],
    ["application/json", '{"a":'],
    ["application/x-www-form-urlencoded", "channelExtra[a=1"],
    ["application/x-www-form-urlencoded", "channelExtra=1&channelExtra[a]=1"],
  ])("a %s body that cannot be read is refused: %s", (contentType, body) => {
    const reading = readTyped("unifiedOrder", { contentType, body });
    expect(reading.ok ? null : reading.error.kind).toBe("unreadable-body");
  });

  test("no endpoint signs a member that it does not know", () => {
    fc.assert(
      fc.property(fc.constantFrom(...gatewayEndpoints), fc.string(), (endpoint, value) => {
        const reading = bindMembers(endpoint, WireFields.from({ storeId: value, timestamp: value }).members);
        expect(reading.ok && reading.value.fields.names).toEqual([]);
      }),
    );
  });
});

describe("the report of a reading", () => {
  test("says for every member, in the order of arrival, what became of it", () => {
    const reading = readUnifiedOrder('{"mch_no":"M1","amount":"1,000","storeId":"S","extParam":"","wayCode":"WX_QR"}');
    if (!reading.ok) throw new Error(reading.error.reason);
    expect(reading.value.members.map(({ note, ...facts }) => ({ ...facts, hasNote: note !== "" }))).toEqual([
      { sentName: "mch_no", boundTo: "mchNo", sentText: "M1", readText: "M1", hasNote: true },
      { sentName: "amount", boundTo: "amount", sentText: "1,000", readText: "1000", hasNote: true },
      { sentName: "storeId", boundTo: null, sentText: "S", readText: null, hasNote: true },
      { sentName: "extParam", boundTo: "extParam", sentText: "", readText: null, hasNote: true },
      { sentName: "wayCode", boundTo: "wayCode", sentText: "WX_QR", readText: "WX_QR", hasNote: false },
    ]);
  });

  test("names the member for which the gateway refuses the whole request", () => {
    const reading = readUnifiedOrder('{"mchNo":"M1","amount":"12a"}');
    if (reading.ok) throw new Error("a text with letters was read as a number");
    expect(reading.error.reason).toBe("amount cannot be read as a whole number");
    expect(reading.error.members.map(({ sentName }) => sentName)).toEqual(["mchNo", "amount"]);
  });
});
