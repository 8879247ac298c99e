import { describe, expect, test } from "vitest";
import { hashPassword, newPasswordFor, passwordMatches } from "./password";

const mei = newPasswordFor("mei.lin@fernhill.example");

test("a password is recognised by its hash, which is argon2id and never the same twice", async () => {
  const [one, two] = await Promise.all([
    hashPassword("a quiet invented sentence"),
    hashPassword("a quiet invented sentence"),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwordMatches(one, "a quiet invented sentence")).toBe(true);
  expect(await passwordMatches(one, "a quiet invented sentence ")).toBe(false);
});

test("the same word from another keyboard is the same password", async () => {
  const composed = await hashPassword("caf\u00e9 in the old town");
  expect(await passwordMatches(composed, "cafe\u0301 in the old town")).toBe(true);
});

test("nobody's password is never right", async () => {
  expect(await passwordMatches(null, "a quiet invented sentence")).toBe(false);
  expect(await passwordMatches(null, "")).toBe(false);
});

test("an endless password is refused before any work is done for it", async () => {
  expect(await passwordMatches(await hashPassword("x".repeat(200)), "x".repeat(201))).toBe(false);
});

describe("people may not choose what is tried first:", () => {
  test.each([
    ["eleven characters", "k4#nQz!p0Lx"],
    ["the e-mail address", "x-mei.lin@fernhill.example"],
    ["the name in it", "my mei.lin secret"],
    ["a well-known one with digits", "Password1234"],
    ["a well-known one in disguise", "P@ssw0rd!!!!"],
    ["keys in a row", "123456789012"],
    ["keys in rows", "qwertyasdfgh"],
    ["one key held down", "aaaaaaaaaaaa"],
    ["one word said again", "abc1abc1abc1"],
    ["a word said twice", "passwordpassword"],
  ])("%s", (_, password) => {
    expect(mei.safeParse(password).success).toBe(false);
  });
});

test.each(["seven otters cross at noon", "kQ2#vB9!xT4z", "雨後春筍一夜之間長滿了山坡"])(
  "%s is good enough",
  (password) => {
    expect(mei.safeParse(password).success).toBe(true);
  },
);
