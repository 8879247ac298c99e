import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readFields, WireFields } from "@/lib/gateway/fields";
import { sign } from "@/lib/gateway/signature";
import { fieldsOf, mistakeVectors, signingVectors } from "@/lib/gateway/vectors/read-vectors";
import { mistakesFor } from "./catalogue";
import { diagnose } from "./diagnose";
import { searchLimits } from "./effort";
import { upperHex } from "./hashes";
import { readMessage } from "./message";
import { applied, areCompatible, type Mistake } from "./mistake";
import type { PrintedDigest } from "./printed-digest";
import { digestOf, materialOf, rightRecipe } from "./recipe";
import { search } from "./search";

const others = { production: "An0therInventedKeyForTests4567890" };

test("without a mistake the recipe is the signature of the gateway room, vector by vector", () => {
  for (const vector of signingVectors()) {
    const { members } = WireFields.from(fieldsOf(vector));
    expect(upperHex(digestOf(rightRecipe, materialOf(members, vector.key)))).toBe(vector.sign);
  }
});

test("without a mistake the recipe is the signature of the gateway room, for any fields", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(""),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("a", "A", "a1", "a_b", "aB", "sign")), value),
      (made) => {
        const fields = readFields(JSON.stringify(made));
        expect(upperHex(digestOf(rightRecipe, materialOf(fields.members, "k")))).toBe(sign(fields, "k"));
      },
    ),
  );
});

test("no mistake makes a digest of so few letters of the secret that somebody could guess them", () => {
  const secret = "Inv3ntedKeyForThisVeryTest0123456789abcd";
  const message = readMessage(JSON.stringify({ mchNo: "M1", appId: "a1", amount: 1, subject: "茶", reqTime: "1" }));
  const digestsWith = (tried: string) =>
    mistakesFor(message, { secret: tried, others: {} }).map(({ label, change }) => ({
      label,
      digest: upperHex(digestOf(change(rightRecipe), materialOf(message.fields.members, tried))),
    }));
  const first = digestsWith(secret);
  const deciding = first.map(() => 0);
  for (let at = 0; at < secret.length; at++) {
    const other = digestsWith(`${secret.slice(0, at)}-${secret.slice(at + 1)}`);
    for (const [place, { digest }] of first.entries()) {
      if (other[place]?.digest !== digest) deciding[place] = (deciding[place] ?? 0) + 1;
    }
  }
  const guessable = first.filter((_, place) => (deciding[place] ?? 0) > 0 && (deciding[place] ?? 0) < 20);
  expect(guessable.map(({ label }) => label)).toEqual([]);
  expect(deciding.filter((count) => count >= 20).length).toBeGreaterThan(100);
});

/** A message of the vectors and two mistakes that change its digest, with the digest that they give. */
type PairCase = { text: string; secret: string; receivedSign: string; pair: [Mistake, Mistake] };

const messages = mistakeVectors().map(({ params, key }) => ({ text: JSON.stringify(params), secret: key }));

const pairCase: fc.Arbitrary<PairCase> = fc
  .tuple(fc.constantFrom(...messages), fc.nat(), fc.nat())
  .map(([{ text, secret }, first, second]): PairCase | null => {
    const message = readMessage(text);
    const mistakes = mistakesFor(message, { secret, others }).filter(({ isAlone }) => !isAlone);
    const [low, high] = [first % mistakes.length, second % mistakes.length].sort((left, right) => left - right);
    const pair = [mistakes[low ?? 0], mistakes[high ?? 0]];
    if (!pair[0] || !pair[1] || !areCompatible(pair[0], pair[1])) return null;
    const material = materialOf(message.fields.members, secret);
    const receivedSign = upperHex(digestOf(applied([pair[0], pair[1]]), material));
    const isHarmless = receivedSign === upperHex(digestOf(rightRecipe, material));
    return isHarmless ? null : { text, secret, receivedSign, pair: [pair[0], pair[1]] };
  })
  .filter((made): made is PairCase => made !== null);

// The full figure comes from thousands of such cases; these fit into an everyday run.
const pairsInARun = 60;

test("at least 95 of 100 pairs of mistakes come back as that pair or as one mistake that does the same", {
  timeout: 240_000,
}, () => {
  const missed = fc.sample(pairCase, { numRuns: pairsInARun, seed: 8_191 }).flatMap(({ pair, ...given }) => {
    const found = diagnose({ ...given, otherSecrets: others });
    expect(found.verdict).not.toBe("valid");
    const wanted = pair
      .map(({ label }) => label)
      .sort()
      .join("+");
    const isNamed = found.causes.some(
      ({ mistake }) => !mistake.includes("+") || mistake.split("+").sort().join("+") === wanted,
    );
    return isNamed ? [] : [wanted];
  });
  expect(missed.length, missed.join(", ")).toBeLessThanOrEqual(pairsInARun * 0.05);
});

test("of 10,000 random digests none is explained, in every kind of message", { timeout: 240_000 }, () => {
  const wrong = new Set(
    Array.from({ length: 10_000 }, (_, at) => createHash("md5").update(`wrong ${at}`).digest("hex")),
  );
  let compared = 0;
  const anyOfThem: PrintedDigest = {
    labels: [],
    length: 16,
    isPart: false,
    shows: (digest) => {
      compared++;
      return wrong.has(upperHex(digest).toLowerCase());
    },
  };
  for (const name of ["unknown_key-1", "unknown_key-4", "unknown_key-6"]) {
    const vector = mistakeVectors().find((candidate) => candidate.name === name);
    if (!vector) throw new Error(`${name} is not among the vectors`);
    const message = readMessage(JSON.stringify(vector.params));
    const material = materialOf(message.fields.members, vector.key);
    const mistakes = mistakesFor(message, { secret: vector.key, others });
    const { hits, tried } = search(material, mistakes, [anyOfThem], { mayBeCut: true, keyGuesses: "all" });
    expect(hits).toEqual([]);
    expect(tried).toBeLessThanOrEqual(searchLimits.digests);
  }
  expect(compared).toBeGreaterThan(50_000);
});

test("a random digest of any usual length is unexplained, through the whole diagnosis", { timeout: 120_000 }, () => {
  const digest = fc.constantFrom(32, 40, 64).chain((length) => fc.stringMatching(new RegExp(`^[0-9A-F]{${length}}$`)));
  fc.assert(
    fc.property(digest, (receivedSign) => {
      const found = diagnose({
        text: '{"mchNo":"M1","appId":"a1","amount":1,"reqTime":"1767225600123"}',
        secret: "k3yForTests",
        receivedSign,
      });
      expect([found.verdict, found.causes]).toEqual(["unexplained", []]);
    }),
    { numRuns: 25 },
  );
});
