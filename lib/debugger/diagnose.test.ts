import { describe, expect, test } from "vitest";
import { mistakeVectors } from "@/lib/gateway/vectors/read-vectors";
import { diagnose } from "./diagnose";

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
  });
});
