import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import type { PlainFields } from "./fields";
import { judgeNotification, type NotificationJudgement, readNotification } from "./notification";
import { sign } from "./signature";
import { readPaymentAnswer } from "./wire/payment-answer";
import { readRefundAnswer } from "./wire/refund-answer";

// gateway-protocol 6.3, with the sample secret of 0.3.
const secret = new Secret("0123456789abcdef".repeat(8));
const paid = {
  amount: "1050",
  appId: "60cc09bce4b0f1c0b83761c9",
  mchNo: "M1621873433953",
  body: "Coffee x1",
  channelOrderNo: "4200000000202601010000000001",
  clientIp: "203.0.113.7",
  createdAt: "1767225601000",
  currency: "HKD",
  ifCode: "wxpay",
  mchOrderNo: "T20260101000001",
  payOrderId: "P1900000000000000001",
  reqTime: "1767225655321",
  state: "2",
  subject: "Coffee",
  successTime: "1767225655000",
  wayCode: "WX_QR",
};
const documentedSign = "3710571DBC47A753DEFF5A1F1B7E0209";
const formType = "application/x-www-form-urlencoded;charset=UTF-8";

function formOf(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

function arrived(body: string, query = "", contentType: string | null = formType) {
  return readNotification({ contentType, query, body: new TextEncoder().encode(body) });
}

function judged(body: string, query = ""): NotificationJudgement<number> {
  return judgeNotification(arrived(body, query), "payment", [{ version: 1, secret }]);
}

function signed(fields: PlainFields): Record<string, string> {
  return { ...(fields as Record<string, string>), sign: sign(fields, secret) };
}

describe("the documented notification is valid", () => {
  test("as a form", () => {
    const verdict = judged(formOf({ ...paid, sign: documentedSign }));
    expect(verdict).toMatchObject({ verdict: "valid", secretVersion: 1, ownParameters: [], ambiguities: [] });
    expect(verdict.verdict === "valid" && verdict.canonicalText).toMatch(/^amount=1050&appId=.*&key=<key>$/);
  });

  test("as JSON, with numbers as numbers", () => {
    const body = JSON.stringify({ ...paid, amount: 1050, state: 2, sign: documentedSign });
    expect(arrived(body, "", "application/json").style).toBe("json");
    expect(judged(body).verdict).toBe("valid");
  });

  test("in the query string of a request without a body", () => {
    const query = `?${formOf({ ...paid, sign: documentedSign })}`;
    expect(arrived("", query, null).style).toBe("query");
    expect(judged("", query).verdict).toBe("valid");
  });

  test("with the parameters of our own notify address beside it, which are named and left unread", () => {
    const verdict = judged(formOf({ ...paid, shop: "7", note: "a&b", sign: documentedSign }));
    expect(verdict).toMatchObject({ verdict: "valid", ownParameters: ["shop", "note"] });
    expect(verdict.verdict === "valid" && verdict.signedFields.has("shop")).toBe(false);
  });

  test("with fields that nobody has told us about, as long as they are signed", () => {
    const verdict = judged(formOf(signed({ ...paid, storeId: "S-7" })));
    expect(verdict).toMatchObject({ verdict: "valid", ownParameters: [] });
    expect(verdict.verdict === "valid" && readPaymentAnswer(verdict.signedFields).extra).toEqual({ storeId: "S-7" });
  });
});

test("the body counts where the query string says something else", () => {
  expect(judged(formOf({ ...paid, sign: documentedSign }), "?state=9&amount=1").verdict).toBe("valid");
});

test("an earlier secret still proves a late message, and the judgement says which one it was", () => {
  const secrets = [
    { version: "new", secret: new Secret("another-invented-secret") },
    { version: "old", secret },
  ];
  const verdict = judgeNotification(arrived(formOf({ ...paid, sign: documentedSign })), "payment", secrets);
  expect(verdict).toMatchObject({ verdict: "valid", secretVersion: "old" });
});

describe("a message that proves nothing", () => {
  test.each([
    ["a wrong signature", { ...paid, sign: "0".repeat(32) }],
    ["no signature", paid],
    ["an empty signature", { ...paid, sign: "" }],
    ["a changed amount", { ...paid, amount: "1", sign: documentedSign }],
    ["a field taken away", { ...paid, subject: "", sign: documentedSign }],
  ])("has %s", (_, fields) => {
    expect(judged(formOf(fields))).toMatchObject({ verdict: "bad-signature", secretVersion: null });
  });

  test("meets no secret at all", () => {
    const verdict = judgeNotification(arrived(formOf({ ...paid, sign: documentedSign })), "payment", []);
    expect(verdict.verdict).toBe("bad-signature");
  });

  test("was cut by the gateway at its &", () => {
    const original = signed({ ...paid, subject: "A & B=C" });
    expect(judged(formOf({ ...original, subject: "A ", " B": "C" })).verdict).toBe("bad-signature");
  });

  test.each([
    ["bytes that are not UTF-8", new Uint8Array([0x61, 0x3d, 0xff]), formType],
    ["escapes that are not UTF-8", new TextEncoder().encode("a=%ff"), formType],
    ["broken JSON", new TextEncoder().encode('{"a":'), "application/json"],
    ["a multipart body", new TextEncoder().encode("--x"), "multipart/form-data; boundary=x"],
    ["XML", new TextEncoder().encode("<xml/>"), "text/xml"],
  ])("is %s", (_, body, contentType) => {
    const received = readNotification({ contentType, query: "", body });
    expect(received.style).toBe("unreadable");
    expect(judgeNotification(received, "payment", [{ version: 1, secret }]).verdict).toBe("unreadable");
  });
});

describe("a message with more than one reading is ambiguous although its signature holds", () => {
  test.each([
    ["ampersand-in-value", formOf(signed({ ...paid, subject: "A&B" }))],
    ["repeated-name", `state=3&${formOf(signed(paid))}`],
    ["empty-name", formOf(signed({ ...paid, "": "x" }))],
    ["separator-in-name", formOf(signed({ ...paid, "a=b": "x" }))],
    ["bad-number", formOf(signed({ ...paid, amount: "1050.0" }))],
    ["bad-number", formOf(signed({ ...paid, state: " 2" }))],
    ["bad-number", formOf(signed({ ...paid, state: "２" }))],
    ["bad-number", JSON.stringify({ ...paid, state: true, sign: sign({ ...paid, state: true }, secret) })],
    [
      "nested-value",
      JSON.stringify({ ...paid, subject: { a: 1 }, sign: sign({ ...paid, subject: { a: 1 } }, secret) }),
    ],
  ])("%s", (kind, body) => {
    const verdict = judged(body);
    expect(verdict).toMatchObject({ verdict: "ambiguous", secretVersion: 1 });
    expect(verdict.verdict === "ambiguous" && verdict.ambiguities.map((found) => found.kind)).toContain(kind);
  });

  test("a declined order re-split into a paid one of somebody else, with known names only", () => {
    const bought = {
      ...paid,
      state: "3",
      body: "tea&mchNo=M1621873433953&mchOrderNo=VICTIM1&payOrderId=P999&reqTime=2&state=2&subject=",
    };
    const signature = sign(bought, secret);
    const {
      body,
      channelOrderNo,
      clientIp,
      createdAt,
      currency,
      ifCode,
      mchNo,
      mchOrderNo,
      payOrderId,
      reqTime,
      state,
      subject,
    } = bought;
    const rest = `&channelOrderNo=${channelOrderNo}&clientIp=${clientIp}&createdAt=${createdAt}&currency=${currency}&ifCode=${ifCode}&mchNo=${mchNo}&mchOrderNo=${mchOrderNo}&payOrderId=${payOrderId}&reqTime=${reqTime}&state=${state}&subject=${subject}`;
    expect(body.startsWith("tea&")).toBe(true);
    const forged = {
      amount: paid.amount,
      appId: paid.appId,
      body: "tea",
      mchNo: "M1621873433953",
      mchOrderNo: "VICTIM1",
      payOrderId: "P999",
      reqTime: "2",
      state: "2",
      subject: rest,
      successTime: paid.successTime,
      wayCode: paid.wayCode,
      sign: signature,
    };
    expect(judged(formOf(forged))).toMatchObject({ verdict: "ambiguous", secretVersion: 1 });
  });
});

test("no change to a signed message makes another valid message", () => {
  const original = signed(paid);
  const names = Object.keys(original) as (keyof typeof original)[];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string({ unit: "binary" }), (name, value) => {
      fc.pre(value !== original[name] && value.toUpperCase() !== original[name]?.toUpperCase());
      const changed = judged(formOf({ ...original, [name]: value }));
      expect(changed.verdict).not.toBe("valid");
    }),
  );
});

test("any bytes at all get a verdict, never an exception", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: "binary" }),
      fc.constantFrom(null, "application/json", formType),
      (body, query, contentType) => {
        const received = readNotification({ contentType, query, body });
        expect(judgeNotification(received, "refund", [{ version: 1, secret }]).verdict).not.toBe("valid");
      },
    ),
  );
});

test("a payment and a refund are read into values, and what cannot be read is named", () => {
  const payment = arrived(formOf({ ...paid, state: "99", errMsg: "" }));
  expect(payment.style === "form" && readPaymentAnswer(payment.fields)).toMatchObject({
    gatewayState: 99,
    amount: 1050,
    currency: "HKD",
    successTime: new Date(1767225655000),
    errMsg: null,
    oddFields: [],
  });
  const refund = arrived(
    "refundOrderId=R1&mchRefundNo=F1&refundAmount=500&payAmount=10.50&state=2&reqTime=1767226000000",
  );
  expect(refund.style === "form" && readRefundAnswer(refund.fields)).toMatchObject({
    refundOrderId: "R1",
    refundAmount: 500,
    payAmount: null,
    gatewayState: 2,
    oddFields: ["payAmount"],
  });
});
