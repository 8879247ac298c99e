import { expect, test } from "vitest";
import { Verdict } from "@/lib/domain/verdict";
import { explainNotification, type RawNotification, type StoredNotification } from "./explain-notification";
import { replyTo } from "./reply";

function stored(
  body: string | Uint8Array,
  { verdict = "valid", ...raw }: Partial<RawNotification> & { verdict?: string } = {},
): StoredNotification {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const contentType = "application/x-www-form-urlencoded";
  return { verdict, authenticity: verdict, raw: { contentType, query: "", body: bytes, ownNames: null, ...raw } };
}

test("what our own address brought along is named, and is not among the signed fields", () => {
  const explained = explainNotification(stored("state=2&shop=7&sign=00", { ownNames: ["shop"] }));
  expect(explained).toMatchObject({
    style: "form",
    isSigned: true,
    ownParameters: [{ name: "shop", value: "7" }],
    fields: [
      ["state", "2"],
      ["sign", "00"],
    ],
    signedText: "state=2&key=<key>",
  });
});

test("card numbers are hidden in the fields and in the text that was signed", () => {
  const explained = explainNotification(
    stored(`extParam=${encodeURIComponent('{"cardNo":"6212345678901234"}')}&sign=00`),
  );
  expect(explained.signedText).toBe('extParam={"cardNo":"621234******1234"}&key=<key>');
  expect(explained.fields?.[0]).toEqual(["extParam", '{"cardNo":"621234******1234"}']);
});

test("of a message that is no longer kept the answer is still known", () => {
  expect(explainNotification({ verdict: "late", authenticity: "valid", raw: null })).toMatchObject({
    style: "no longer kept",
    fields: null,
    signedText: null,
    answered: { status: 200, reply: "success" },
  });
});

test("fields that came in the query string are read from there", () => {
  expect(explainNotification(stored("", { query: "state=2&sign=00" }))).toMatchObject({
    style: "query",
    isSigned: true,
  });
});

test("a value that could be divided in another way is named", () => {
  const { ambiguities } = explainNotification(stored('{"subject":"A&B","state":"2"}', { verdict: "ambiguous" }));
  expect(ambiguities).toEqual([expect.stringContaining("subject contains &")]);
});

test("an ambiguous message is shown in both of its divisions", () => {
  const { divisions } = explainNotification(
    stored('{"amount":"100","body":"tea&state=2","state":"3","sign":"00"}', { verdict: "ambiguous" }),
  );
  expect(divisions?.asSent).toContainEqual({ name: "body", text: "tea&state=2" });
  expect(divisions?.asDivided).toEqual([
    { name: "amount", text: "100" },
    { name: "body", text: "tea" },
    { name: "state", text: "2" },
    { name: "state", text: "3" },
  ]);
});

test("the answer is the one that was given, whatever the message was judged to be since", () => {
  const { answered } = explainNotification({ ...stored("state=2&sign=00"), toldAs: "bad-signature" });
  expect(answered).toEqual({ status: 400, reply: "bad-signature" });
});

test("a message that was not read to its end says so and has nothing else to say", () => {
  const refused = { ...stored("", { verdict: "refused" }), authenticity: "too-large" };
  expect(explainNotification(refused)).toMatchObject({
    style: "not read",
    fields: null,
    answered: { status: 413, reply: "too large" },
  });
});

test("bytes that are no text and messages without a signature are said to be so", () => {
  const broken = explainNotification(stored(new Uint8Array([0xff, 0xfe]), { verdict: "unreadable" }));
  expect(broken).toMatchObject({
    style: "unreadable",
    isSigned: false,
    answered: { status: 400, reply: "unreadable" },
  });
  expect(broken.unreadableBecause).not.toBeNull();
  expect(explainNotification(stored("state=2&sign=")).isSigned).toBe(false);
});

test("only authentic messages hear success, and every other verdict hears its own name", () => {
  const accepted = Verdict.options.filter((verdict) => replyTo(verdict).reply === "success");
  expect(accepted).toEqual(["valid", "late", "contradiction", "unknown-order"]);
  for (const verdict of Verdict.options.filter((one) => !accepted.includes(one))) {
    expect(replyTo(verdict)).toEqual({ status: 400, reply: verdict });
  }
});
