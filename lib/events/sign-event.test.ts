import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { newEventSecret, signEvent } from "./sign-event";

// The example that the documentation of Svix and the libraries of Standard Webhooks verify against.
const published = {
  secret: new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

test("the published example comes out to the letter", () => {
  expect(signEvent(published, [published.secret])).toEqual({
    "webhook-id": published.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": published.signature,
  });
});

test("a moment inside of a second is signed as its whole second", () => {
  const later = { ...published, at: new Date(published.at.getTime() + 999) };
  expect(signEvent(later, [published.secret])["webhook-signature"]).toBe(published.signature);
});

test("text beyond ASCII is signed as its UTF-8 bytes", () => {
  const bytes = Buffer.from(`${published.id}.1614265330.{"subject":"茶"}`, "utf8");
  const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
  const signed = signEvent({ ...published, body: '{"subject":"茶"}' }, [published.secret]);
  expect(signed["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(bytes).digest("base64")}`);
});

test("while a key is changed over, both sign, the newer one first", () => {
  const next = newEventSecret();
  const [first, second, ...more] = signEvent(published, [next, published.secret])["webhook-signature"].split(" ");
  expect(second).toBe(published.signature);
  expect(first).toBe(signEvent(published, [next])["webhook-signature"]);
  expect(more).toEqual([]);
});

test("new keys differ, have 32 bytes and do not show", () => {
  const [one, two] = [newEventSecret(), newEventSecret()];
  expect(one.reveal()).not.toBe(two.reveal());
  expect(one.reveal()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(`${one}`).toBe("[secret]");
});

test.each(["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ="])("%s is no key", (text) => {
  expect(() => signEvent(published, [new Secret(text)])).toThrow("no key");
});
