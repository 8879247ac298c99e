import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { readFields } from "./fields";
import { canonicalString, explainSignature, sign, verify } from "./signature";
import { fieldsOf, signingVectors } from "./vectors/read-vectors";

describe("every case of the reference server's signing vectors", () => {
  test.each(signingVectors().map((vector) => [vector.category, vector.name, vector] as const))(
    "%s: %s",
    (_category, _name, vector) => {
      const fields = fieldsOf(vector);
      expect(`${canonicalString(fields)}key=<key>`).toBe(vector.signString);
      expect(sign(fields, vector.key)).toBe(vector.sign);
      expect(explainSignature(fields, new Secret(vector.key)).sign).toBe(vector.sign);
    },
  );

  test("cases without a literal text come out equal through the reader as well", () => {
    for (const vector of signingVectors()) {
      if (vector.paramsText !== undefined) continue;
      expect(sign(readFields(JSON.stringify(vector.params)), vector.key)).toBe(vector.sign);
    }
  });
});

const key = "invented-key-for-tests-0123456789";
const value = fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(""));
const fields = fc.dictionary(fc.string(), value, { maxKeys: 12 });

// Names that differ only in case are put in order by the server's hash table, which knows the order of arrival.
const fieldsWithPlainOrder = fields.filter((made) => {
  const names = Object.keys(made).map((name) => name.toUpperCase().toLowerCase());
  return new Set(names).size === names.length;
});

test("the order in which fields arrive does not change the canonical string", () => {
  fc.assert(
    fc.property(fieldsWithPlainOrder, (made) => {
      const reversed = Object.fromEntries(Object.entries(made).reverse());
      expect(canonicalString(reversed)).toBe(canonicalString(made));
    }),
  );
});

test("null and empty fields change nothing", () => {
  fc.assert(
    fc.property(fieldsWithPlainOrder, fc.constantFrom(null, ""), (made, nothing) => {
      expect(sign({ ...made, "an-unused-name": nothing }, key)).toBe(sign(made, key));
    }),
  );
});

test("a message carrying its own signature verifies, in either letter case", () => {
  fc.assert(
    fc.property(fields, (made) => {
      const signature = sign(made, key);
      expect(verify({ ...made, sign: signature }, key)).toBe(true);
      expect(verify({ ...made, sign: signature.toLowerCase() }, new Secret(key))).toBe(true);
    }),
  );
});

test("one changed character of the signature, a value or the secret fails", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9]{1,20}$/)),
      fc.nat(31),
      (made, at) => {
        const signature = sign(made, key);
        const changed = signature.slice(0, at) + (signature[at] === "0" ? "1" : "0") + signature.slice(at + 1);
        expect(verify({ ...made, sign: changed }, key)).toBe(false);
        expect(verify({ ...made, sign: signature }, `${key}x`)).toBe(false);
        expect(verify({ ...made, zz: "1", sign: signature }, key)).toBe(false);
      },
    ),
  );
});

test.each([undefined, null, "", "x", 12345, true, ["A"], {}])("a message whose sign is %j never verifies", (given) => {
  expect(verify({ a: "1", sign: given }, key)).toBe(false);
});

test("a signature with anything around it never verifies", () => {
  const signature = sign({ a: "1" }, key);
  for (const given of [` ${signature}`, `${signature}\n`, `${signature}0`, signature.slice(1)]) {
    expect(verify({ a: "1", sign: given }, key)).toBe(false);
  }
});

test("an empty secret is an error, never a pass", () => {
  expect(() => sign({ a: "1" }, "")).toThrow(RangeError);
  expect(() => verify({ a: "1", sign: sign({ a: "1" }, "x") }, "")).toThrow(RangeError);
  expect(() => sign({ a: "1" }, new Secret(""))).toThrow(RangeError);
});

test("an explanation names every field that takes no part, and never shows the secret", () => {
  const explained = explainSignature(readFields('{"b":"2","a":null,"c":"","b":"3","sign":"X"}'), key);
  expect(explained.skipped).toEqual([
    { name: "b", reason: "replaced" },
    { name: "a", reason: "null" },
    { name: "c", reason: "empty" },
    { name: "sign", reason: "is-sign" },
  ]);
  expect(explained.maskedText).toBe("b=3&key=<key>");
  expect(JSON.stringify(explained)).not.toContain(key);
});

test("a repeated name is signed once, with its last value", () => {
  expect(canonicalString(readFields("a=1&b=2&a=3"))).toBe("a=3&b=2&");
});

test("names that JavaScript treats specially are signed like any other", () => {
  expect(canonicalString(readFields('{"__proto__":"1","constructor":"2"}'))).toBe("__proto__=1&constructor=2&");
  expect(canonicalString(JSON.parse('{"__proto__":"1"}'))).toBe("__proto__=1&");
});

test("half of a surrogate pair is hashed as the question mark that the server writes for it", () => {
  expect(sign({ a: "x\ud83ey" }, key)).toBe(sign({ a: "x?y" }, key));
  expect(sign({ a: "🧋" }, key)).not.toBe(sign({ a: "??" }, key));
});

test("names that collide in the server's hash table keep their order of arrival inside a nested object", () => {
  // "Aa" and "BB" have one hash in Java, so any two words made of them have as well.
  expect(canonicalString(readFields('{"x":{"BBAa":1,"AaBB":2,"AaAa":3}}'))).toBe('x={"BBAa":1,"AaBB":2,"AaAa":3}&');
  expect(canonicalString(readFields('{"x":{"AaBB":2,"BBAa":1,"AaAa":3}}'))).toBe('x={"AaBB":2,"BBAa":1,"AaAa":3}&');
});
