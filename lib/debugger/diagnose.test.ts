import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { UnreadableFields } from "@/lib/gateway/fields";
import { canonicalString, sign } from "@/lib/gateway/signature";
import { mistakeVectors } from "@/lib/gateway/vectors/read-vectors";
import { diagnose } from "./diagnose";
import { searchLimits } from "./effort";

describe("every mistake of the reference vectors", () => {
  const cases = mistakeVectors().map((vector) => [vector.mistake, vector.name, vector] as const);

  test.each(cases)("%s is named first (%s)", (mistake, _name, vector) => {
    const found = diagnose({
      text: JSON.stringify(vector.params),
      secret: vector.key,
      otherSecrets: vector.other_keys ?? {},
      receivedSign: vector.received_sign,
    });
    expect(found.expected).toBe(vector.correct_sign);
    if (mistake === "none") expect([found.verdict, found.causes]).toEqual(["valid", []]);
    else if (mistake === "unknown_key") expect([found.verdict, found.causes]).toEqual(["unexplained", []]);
    else expect([found.verdict, found.causes[0]?.mistake]).toEqual(["explained", mistake]);
    const shown = JSON.stringify(found);
    for (const secret of [vector.key, ...Object.values(vector.other_keys ?? {})]) expect(shown).not.toContain(secret);
    expect(found.tried).toBeLessThan(searchLimits.digests);
  });
});

const key = "Inv3ntedKeyForTests0l1OIabcdefgh";
const order = {
  mchNo: "M1621873433953",
  appId: "60cc09bce4b0f1c0b83761c9",
  mchOrderNo: "T2026010100000190071992547409931",
  wayCode: "WX_QR",
  amount: 105000,
  currency: "HKD",
  subject: "奶茶 50% / café",
  notifyUrl: "https://shop.example/notify?a=1&b=2",
  reqTime: 1767225600123,
  version: "1.0",
  signType: "MD5",
};
const right = `${canonicalString(order)}key=`;

function md5(text: string | Uint8Array): string {
  return createHash("md5").update(text).digest("hex").toUpperCase();
}

function named(receivedSign: string, text: string = JSON.stringify(order), secret = key): string | undefined {
  return diagnose({ text, secret, receivedSign }).causes[0]?.mistake;
}

const signedWith = (changes: Readonly<Record<string, unknown>>) =>
  md5(`${canonicalString({ ...order, ...changes })}key=${key}`);

describe("mistakes that have no vector", () => {
  test.each<[label: string, receivedSign: string]>([
    ["secret_typed_wrong", md5(`${right}${key.replace("0l1O", "Ol1O")}`)],
    ["key cut off", md5(`${right}${key.slice(0, 20)}`)],
    ["key_undefined", md5(`${right}undefined`)],
    ["version_differs", signedWith({ version: "1.0.0" })],
    ["amount_with_separators", signedWith({ amount: "105,000" })],
    ["reqTime_scientific", signedWith({ reqTime: "1.767225600123E12" })],
    ["reqTime_as_date", signedWith({ reqTime: "20260101080000" })],
    ["reqTime_whole_seconds", signedWith({ reqTime: "1767225600000" })],
    ["currency_case_changed", signedWith({ currency: "hkd" })],
    ["non_ascii_removed", signedWith({ subject: " 50% / caf" })],
    [
      "slashes_escaped",
      signedWith({ subject: "奶茶 50% \\/ café", notifyUrl: "https:\\/\\/shop.example\\/notify?a=1&b=2" }),
    ],
    ["trailing_amp", md5(`${right}${key}&`)],
    ["utf8_twice", md5(Buffer.from(Buffer.from(`${right}${key}`, "utf8").toString("latin1"), "utf8"))],
    [
      "hmac_sha1",
      createHmac("sha1", key)
        .update(right.replace(/&key=$/, ""))
        .digest("hex")
        .toUpperCase(),
    ],
    ["digest_cut_off", sign(order, key).slice(0, 24)],
    ["digest_surrounded", ` ${sign(order, key)}\n`],
    ["documentation_digest", "4A5078DABBCE0D9C4E7668DACB96FF7A"],
    ["nothing_hashed", "D41D8CD98F00B204E9800998ECF8427E"],
  ])("%s", (label, receivedSign) => {
    const readable: Readonly<Record<string, string>> = {
      secret_typed_wrong: "key_mistyped",
      "key cut off": "key_mistyped",
    };
    expect(named(receivedSign)).toBe(readable[label] ?? label);
  });

  test("a long number rounded by JavaScript", () => {
    const long = { ...order, mchOrderNo: "1900000000000000001" };
    const rounded = md5(`${canonicalString({ ...long, mchOrderNo: "1900000000000000000" })}key=${key}`);
    expect(named(rounded, JSON.stringify(long))).toBe("id_rounded");
  });

  test("a nested object signed in the order in which it was sent", () => {
    const nested = { ...order, channelExtra: { payDataType: "form", openid: "3", authCode: "1" } };
    const asSent = md5(`${canonicalString({ ...order, channelExtra: JSON.stringify(nested.channelExtra) })}key=${key}`);
    expect(named(asSent, JSON.stringify(nested))).toBe("object_in_sent_order");
  });

  test("a raw form body, of which the gateway reads something else than was signed", () => {
    const sent = "subject=A&B=C&amount=100&mchNo=M1&appId=a1&reqTime=1767225600123&version=1.0&signType=MD5";
    const whole = {
      subject: "A&B=C",
      amount: "100",
      mchNo: "M1",
      appId: "a1",
      reqTime: "1767225600123",
      version: "1.0",
      signType: "MD5",
    };
    expect(named(sign(whole, key), sent)).toBe("value_cut_at_ampersand");
  });

  test("an answer over its whole envelope", () => {
    const answer = { code: 0, msg: "SUCCESS", data: { payOrderId: "P1", state: 2 } };
    const text = JSON.stringify({ ...answer, sign: sign(answer.data, key) });
    expect(diagnose({ text, secret: key, receivedSign: sign(answer.data, key) }).verdict).toBe("valid");
    expect(named(sign(answer, key), text)).toBe("answer_envelope_signed");
  });

  test("the secret given here lacks a character, or has a line end", () => {
    expect(named(sign(order, key), undefined, key.replace("Keyed", "Key").slice(0, 9) + key.slice(10))).toBe(
      "key_mistyped",
    );
    expect(named(sign(order, key), undefined, `${key}\n`)).toBe("secret_has_surroundings");
  });

  test("the key of another application", () => {
    const otherSecrets = { "Counter 2": new Secret("An0therInventedKeyForTests") };
    const found = diagnose({
      text: JSON.stringify(order),
      secret: new Secret(key),
      otherSecrets,
      receivedSign: sign(order, otherSecrets["Counter 2"]),
    });
    expect(found.causes[0]?.mistake).toBe("key_other_credential");
    expect(found.causes[0]?.what).toBe("It was signed with the key of Counter 2.");
    expect(JSON.stringify(found)).not.toContain("An0therInventedKeyForTests");
  });
});

describe("what is never called valid", () => {
  test.each([
    ["a field that the gateway drops", { ...order, storeId: "S7" }, "unknown_field_signed:storeId"],
    ["a sum that the gateway reads first", { ...order, amount: "0100" }, "number_not_plain:amount"],
    ["a sum that the gateway cannot read", { ...order, amount: "12a" }, "unreadable_number:amount"],
    [
      "a name that the gateway spells otherwise",
      { ...order, sub_ject: "x", subject: undefined },
      "name_not_canonical:sub_ject",
    ],
  ])("%s", (_name, fields, mistake) => {
    const found = diagnose({ text: JSON.stringify(fields), secret: key, receivedSign: sign(fields, key) });
    expect([found.verdict, found.causes[0]?.mistake, found.gateway?.accepts]).toEqual(["explained", mistake, false]);
  });

  test("a digest in lower case is taken by the gateway and still told of", () => {
    const found = diagnose({ text: JSON.stringify(order), secret: key, receivedSign: sign(order, key).toLowerCase() });
    expect([found.verdict, found.causes[0]?.mistake, found.gateway?.accepts]).toEqual([
      "explained",
      "digest_lowercase",
      true,
    ]);
  });

  test.each(["", " ", "x", "signature", "0", "F".repeat(31), "F".repeat(33), "F".repeat(64), "%", "=".repeat(24)])(
    "%j is unexplained",
    (receivedSign) => {
      const found = diagnose({ text: JSON.stringify(order), secret: key, receivedSign });
      expect([found.verdict, found.causes]).toEqual(["unexplained", []]);
    },
  );

  test("one changed digit of a right signature", () => {
    fc.assert(
      fc.property(fc.nat(31), (at) => {
        const signature = sign({ payOrderId: "P1", state: 2 }, key);
        const changed = signature.slice(0, at) + (signature[at] === "0" ? "1" : "0") + signature.slice(at + 1);
        expect(diagnose({ text: "payOrderId=P1&state=2", secret: key, receivedSign: changed }).verdict).toBe(
          "unexplained",
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe("what a person is told", () => {
  test("the text that was hashed, the right one, and where they part", () => {
    const { signType: _, ...without } = order;
    const found = diagnose({ text: JSON.stringify(order), secret: key, receivedSign: sign(without, key) });
    const [cause] = found.causes;
    expect(cause?.explanation).toMatch(/^signType was sent but not signed\. Add it/);
    expect(cause?.entries).toEqual(["SIG-05"]);
    expect(cause?.evidence?.hashedText).toBe(`${canonicalString(without)}key=<key>`);
    expect(found.right.text).toBe(`${canonicalString(order)}key=<key>`);
    expect(cause?.evidence?.difference).toMatchObject({ hashed: "", right: "signType=MD5&" });
    expect(cause?.evidence?.fields).toEqual([{ name: "signType", is: "left-out", signed: null }]);
  });

  test("fields that take no part, each with its reason", () => {
    const text = JSON.stringify({ ...order, returnUrl: "", extParam: null, sign: "X" });
    expect(diagnose({ text, secret: key, receivedSign: "X" }).right.skipped).toEqual([
      { name: "returnUrl", reason: "empty" },
      { name: "extParam", reason: "null" },
      { name: "sign", reason: "is-sign" },
    ]);
  });

  test("length and fingerprint of the secret, when nothing fits", () => {
    const found = diagnose({ text: JSON.stringify(order), secret: "abc", receivedSign: "0".repeat(32) });
    expect(found.secret).toEqual({
      length: 3,
      fingerprint: createHash("sha256").update("abc").digest("hex").slice(0, 8),
    });
    expect(found.summary).toContain("3 characters and the fingerprint ba7816bf");
    expect(found.observations).toContain("The secret has 3 characters; EasyLink's usually have 128.");
  });

  test("a key that was not the key stands as a whole against the right one", () => {
    const [cause] = diagnose({
      text: JSON.stringify(order),
      secret: key,
      receivedSign: md5(`${right}${key.slice(0, -1)}`),
    }).causes;
    expect(cause?.evidence?.difference).toMatchObject({
      hashed: "<key without its last character>",
      right: "<key>",
      behind: "",
    });
  });

  test("an address that no gateway could call", () => {
    const text = JSON.stringify({ ...order, notifyUrl: "https:://shop.example/n" });
    const found = diagnose({ text, secret: key, receivedSign: "0".repeat(32) });
    expect(found.observations).toContain('notifyUrl is no web address: "https:://shop.example/n".');
  });

  test("hidden characters of the key without the key", () => {
    const [cause] = diagnose({
      text: JSON.stringify(order),
      secret: key,
      receivedSign: md5(`${right}${key}\r\n`),
    }).causes;
    expect(cause?.mistake).toBe("key_trailing_crlf");
    expect(cause?.evidence?.difference).toMatchObject({
      before: expect.stringMatching(/key=<key>$/),
      hashed: "\r\n",
      right: "",
    });
  });

  test("card numbers are masked in every text", () => {
    const withCard = { ...order, channelExtra: '{"accNo":"6222021234567890"}' };
    const { signType: _, ...without } = withCard;
    const found = diagnose({ text: JSON.stringify(withCard), secret: key, receivedSign: sign(without, key) });
    expect(found.verdict).toBe("explained");
    expect(JSON.stringify(found)).not.toContain("6222021234567890");
  });
});

test("what is no message is refused with the reason, and an empty secret is an error", () => {
  expect(() => diagnose({ text: "<xml/>", secret: key, receivedSign: "x" })).toThrow(UnreadableFields);
  expect(() => diagnose({ text: "a=1", secret: "", receivedSign: "x" })).toThrow(RangeError);
  expect(
    diagnose({ text: "a=1", secret: key, otherSecrets: { production: "" }, receivedSign: sign({ a: "1" }, key) })
      .verdict,
  ).toBe("valid");
});

test("a huge message ends the search early instead of holding up the page", () => {
  const text = JSON.stringify({ ...order, body: "x".repeat(400_000) });
  expect(diagnose({ text, secret: key, receivedSign: "0".repeat(32) }).tried).toBeLessThan(200);
});
