import { expect, test } from "vitest";
import { explainCall, explainTrouble, type KeptCall, translationOf } from "./explain-call";

function call(values: Partial<KeptCall>): KeptCall {
  const answered = { httpStatus: 200, code: "0", msg: "SUCCESS", verification: "valid", durationMs: 212 };
  return { operation: "refundOrder", outcome: "ok", ...answered, ...values };
}

test.each(["timed-out", "interrupted", "http-error", "unreadable", "bad-signature", "gateway-fault", "duplicate"])(
  "a refund that ended with %s may have been carried out, and the page says so",
  (outcome) => {
    expect(explainCall(call({ outcome })).next).toMatch(/may have been carried out/);
  },
);

test.each(["unreachable", "refused", "invalid-request"])(
  "a refund that ended with %s was surely not made",
  (outcome) => {
    expect(explainCall(call({ outcome })).next).toMatch(/certain that nothing was done/);
  },
);

test("many calls that ended alike without a word of the gateway are explained by how they ended", () => {
  const silent = { httpStatus: null, code: null, msg: null };
  expect(explainTrouble({ ...silent, operation: "refundOrder", outcome: "timed-out" })).toEqual({
    english: "The gateway gave no full answer in time",
    advice: "It may have been carried out. It is never simply sent again: the gateway is asked first.",
  });
  expect(explainTrouble({ ...silent, operation: "query", outcome: "unreachable" }).english).toBe(
    "The gateway could not be reached. Nothing was sent",
  );
});

test("a question without an answer changed nothing", () => {
  expect(explainCall(call({ operation: "query", outcome: "timed-out" })).next).toMatch(/nothing was changed/);
});

test("the gateway's words are translated, and words that nobody has explained stand alone", () => {
  expect(translationOf("[100001]验签失败")?.english).toBe("Signature verification failed");
  expect(translationOf("没有人解释过")).toBeNull();
  expect(translationOf(null)).toBeNull();
});

test("an outcome we have no sentence for is shown as it is", () => {
  expect(explainCall(call({ outcome: "something-new" })).happened).toContain("something-new");
});
