import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CredentialId, MerchantId, newId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { open, rewrap, SealBroken, type SealedPlace, type SealedSecret, seal } from "./seal";

const masterKey = randomBytes(32);
const place = { merchantId: newId(MerchantId), credentialId: newId(CredentialId), version: 1 };
const secret = new Secret("an-invented-secret-for-this-test");

function opens(box: SealedSecret, at: SealedPlace = place, key: Buffer = masterKey): boolean {
  try {
    open(box, at, [key]);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SealBroken);
    return false;
  }
}

test("what was sealed comes out again, whatever it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(open(seal(new Secret(text), place, masterKey), place, [masterKey]).reveal()).toBe(text);
    }),
  );
});

test("the same secret looks different each time it is sealed", () => {
  const [one, two] = [seal(secret, place, masterKey), seal(secret, place, masterKey)];
  expect(one.sealed.equals(two.sealed)).toBe(false);
  expect(one.wrappedKey.equals(two.wrappedKey)).toBe(false);
  expect(one.sealed.includes(secret.reveal())).toBe(false);
});

describe("a sealed secret opens only in its own row:", () => {
  const box = seal(secret, place, masterKey);
  test.each([
    ["another merchant", { ...place, merchantId: newId(MerchantId) }],
    ["another credential", { ...place, credentialId: newId(CredentialId) }],
    ["an older version rolled forward", { ...place, version: 2 }],
  ])("%s", (_, elsewhere) => {
    expect(opens(box)).toBe(true);
    expect(opens(box, elsewhere)).toBe(false);
  });
});

test("two rows cannot lend each other a part", () => {
  const neighbour = { ...place, credentialId: newId(CredentialId) };
  const [own, other] = [seal(secret, place, masterKey), seal(secret, neighbour, masterKey)];
  expect(opens({ sealed: own.sealed, wrappedKey: other.wrappedKey })).toBe(false);
  expect(opens({ sealed: other.sealed, wrappedKey: own.wrappedKey })).toBe(false);
  expect(opens({ sealed: own.wrappedKey, wrappedKey: own.sealed })).toBe(false);
});

test("one changed bit anywhere is noticed", () => {
  const box = seal(secret, place, masterKey);
  fc.assert(
    fc.property(fc.constantFrom("sealed" as const, "wrappedKey" as const), fc.nat(), fc.nat(7), (part, at, bit) => {
      const bytes = Buffer.from(box[part]);
      const index = at % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
      expect(opens({ ...box, [part]: bytes })).toBe(false);
    }),
  );
});

test("a cut one is noticed, down to nothing", () => {
  const box = seal(secret, place, masterKey);
  for (const part of ["sealed", "wrappedKey"] as const) {
    for (let length = 0; length < box[part].length; length++) {
      expect(opens({ ...box, [part]: box[part].subarray(0, length) })).toBe(false);
    }
  }
});

test("another master key opens nothing, and the error shows neither key nor secret", () => {
  const box = seal(secret, place, masterKey);
  expect(opens(box, place, randomBytes(32))).toBe(false);
  expect(() => open(box, place, [randomBytes(32)])).toThrow(/does not open.*MASTER_KEY/);
});

test("a box that is wrapped anew opens with the new master key alone, and its secret was not touched", () => {
  const box = seal(secret, place, masterKey);
  const next = randomBytes(32);
  const wrappedKey = rewrap(box, place, [next, masterKey]);
  if (!wrappedKey) throw new Error("It was not wrapped anew.");
  const anew = { ...box, wrappedKey };
  expect(open(anew, place, [next]).reveal()).toBe(secret.reveal());
  expect(opens(anew)).toBe(false);
  expect(open(anew, place, [masterKey, next]).reveal()).toBe(secret.reveal());
  expect(rewrap(anew, place, [next, masterKey])).toBeNull();
});

test("a broken box is not wrapped anew", () => {
  const box = seal(secret, place, masterKey);
  const cut = { ...box, sealed: box.sealed.subarray(0, -1) };
  expect(() => rewrap(cut, place, [randomBytes(32), masterKey])).toThrow(SealBroken);
  expect(() => rewrap(box, place, [randomBytes(32)])).toThrow(SealBroken);
  expect(() => rewrap(box, { ...place, version: 2 }, [randomBytes(32), masterKey])).toThrow(SealBroken);
});
