import { expect, test } from "vitest";
import { canonicalString, sign } from "@/lib/gateway/signature";
import { mistakeVectors } from "@/lib/gateway/vectors/read-vectors";
import { diagnose } from "./diagnose";
import { diagnoseGradually } from "./diagnose-gradually";
import { plainMd5, upperHex } from "./hashes";
import { sealed } from "./sealed-diagnosis";

const secret = "Inv3ntedKeyForTests0l1OIabcdefgh";
const fields = { mchNo: "M1", appId: "a1", amount: 100, reqTime: "1767225600123", version: "1.0", signType: "MD5" };
const text = JSON.stringify(fields);
const unexplained = { text, secret, receivedSign: "0".repeat(32) };

test("slowly is the same as at once", async () => {
  for (const { params, key, received_sign } of mistakeVectors().slice(0, 6)) {
    const given = { text: JSON.stringify(params), secret: key, receivedSign: received_sign };
    expect(await diagnoseGradually(given)).toEqual(diagnose(given));
  }
});

test("others have their turn while it searches", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await diagnoseGradually(unexplained);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

test("it ends when it is told to", async () => {
  const stop = new AbortController();
  const searching = diagnoseGradually(unexplained, stop.signal);
  stop.abort();
  await expect(searching).rejects.toThrow();
});

test("the step at which the slip was made is told", () => {
  const stepsOf = (receivedSign: string) => diagnose({ text, secret, receivedSign }).causes[0]?.steps;
  const { signType: _, ...without } = fields;
  const right = `${canonicalString(fields)}key=`;
  const md5 = (hashed: string) => upperHex(plainMd5.of(new TextEncoder().encode(hashed), ""));
  expect(stepsOf(sign(without, secret))).toEqual(["choose"]);
  expect(stepsOf(sign({ ...fields, amount: "1.00" }, secret))).toEqual(["write"]);
  expect(
    stepsOf(md5(`mchNo=M1&appId=a1&amount=100&reqTime=1767225600123&version=1.0&signType=MD5&key=${secret}`)),
  ).toEqual(["order"]);
  expect(stepsOf(md5(`?${right}${secret}`))).toEqual(["join"]);
  expect(stepsOf(md5(`${right}${secret}\n`))).toEqual(["key"]);
  expect(stepsOf(sign(fields, secret).toLowerCase())).toEqual(["print"]);
});

test("a key that was cut short is guessed only for whoever knows the secret", () => {
  const right = `${canonicalString(fields)}key=`;
  const cut = upperHex(plainMd5.of(new TextEncoder().encode(`${right}${secret.slice(0, 3)}`), ""));
  const named = (keyGuesses: "all" | "long" | "none") =>
    diagnose({ text, secret, receivedSign: cut, keyGuesses }).causes.map(({ mistake }) => mistake);
  expect(named("all")).toEqual(["key_mistyped"]);
  expect([named("long"), named("none")]).toEqual([[], []]);
});

test("a sealed diagnosis holds no right signature", () => {
  const given = {
    ...unexplained,
    text: JSON.stringify({ ...fields, amount: "0100" }),
    endpoint: "unifiedOrder" as const,
  };
  const found = diagnose(given);
  expect(found.gateway?.expected).toMatch(/^[0-9A-F]{32}$/);
  expect(found.gateway?.expected).not.toBe(found.expected);
  const shown = JSON.stringify(sealed(found));
  expect(shown).not.toContain(found.expected);
  expect(shown).not.toContain(found.gateway?.expected);
});
