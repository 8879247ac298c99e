import { expect, test } from "vitest";
import { Verdict } from "@/lib/domain/verdict";
import { explainNotification, type StoredNotification } from "./explain-notification";
import { replyTo } from "./reply";

function stored(body: string | Uint8Array, values: Partial<StoredNotification> = {}): StoredNotification {
  return {
    kind: "payment",
    contentType: "application/x-www-form-urlencoded",
    query: "",
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    fields: null,
    verdict: "valid",
    ...values,
  };
}

test("what our own address brought along is named, and is not among the signed fields", () => {
  const { ownParameters, style, isSigned } = explainNotification(
    stored("state=2&shop=7&sign=00", {
      fields: [
        ["state", "2"],
        ["sign", "00"],
      ],
    }),
  );
  expect(ownParameters).toEqual([{ name: "shop", value: "7" }]);
  expect(style).toBe("form");
  expect(isSigned).toBe(true);
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
