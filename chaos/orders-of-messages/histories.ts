import fc from "fast-check";
import type { Word } from "./message";

/** Words in the order in which they are heard, and how it must end; `null` where the words contradict each other. */
export type History = { words: Word[]; hasRefund: boolean; ends: string | null };

const ways = fc.constantFrom<Word["way"]>("answer", "query", "notification");

/** What a gateway's own record goes through, as numbers of the wire, and what it comes to here. */
const paymentStories = [
  { states: [1, 2], ends: "paid" },
  { states: [0, 1, 2, 5], ends: "refunded" },
  { states: [1, 2, 4], ends: "cancelled" },
  { states: [1, 6], ends: "closed" },
  { states: [1, 6, 2], ends: "paid" },
  { states: [0, 1, 3], ends: "declined" },
  { states: [1, 3, 2, 5], ends: "refunded" },
];
const refundStories = [
  { states: [0, 1, 2], ends: "succeeded" },
  { states: [1, 3], ends: "failed" },
  { states: [1, 4], ends: "failed" },
  { states: [4, 2], ends: "succeeded" },
];

/** Up to ten words: those of a story, repeated, overtaking each other, among spoiled ones and ones nobody knows. */
export const anyHistory: fc.Arbitrary<History> = fc.oneof(
  { weight: 4, arbitrary: ofStory("payment", paymentStories) },
  { weight: 3, arbitrary: ofStory("refund", refundStories) },
  { weight: 2, arbitrary: ofNoStory("payment", 6) },
  { weight: 1, arbitrary: ofNoStory("refund", 4) },
);

type Story = { states: number[]; ends: string };

function ofStory(about: Word["about"], stories: Story[]): fc.Arbitrary<History> {
  return fc.constantFrom(...stories).chain(({ states, ends }) => {
    const last = states.at(-1) ?? 0;
    const told = fc.array(fc.tuple(fc.constantFrom(...states), ways), { maxLength: 5 });
    return fc.tuple(told, ways, noise(about), fc.infiniteStream(fc.nat())).map(([some, way, odd, draws]) => {
      const words = [...some, [last, way] as const].map(
        ([state, by]): Word => ({ way: by, about, state, spoiled: null }),
      );
      return { words: mixed([...words, ...odd], draws), hasRefund: about === "refund", ends };
    });
  });
}

function ofNoStory(about: Word["about"], highest: number): fc.Arbitrary<History> {
  const words = fc.array(
    fc.record<Word>({
      way: ways,
      about: fc.constant(about),
      state: fc.nat({ max: highest + 1 }),
      spoiled: fc.constantFrom(null, null, null, "signature", "amount"),
    }),
    { minLength: 1, maxLength: 8 },
  );
  return words.map((list) => ({ words: list, hasRefund: about === "refund", ends: null }));
}

/** Words that must not count: forged, about another sum, or in a state that no protocol knows. */
function noise(about: Word["about"]): fc.Arbitrary<Word[]> {
  const forged = fc.record<Word>({
    way: fc.constant("notification"),
    about: fc.constant(about),
    state: fc.nat({ max: 6 }),
    spoiled: fc.constantFrom("signature", "amount"),
  });
  const unknown = fc.record<Word>({
    way: ways,
    about: fc.constant(about),
    state: fc.constant(9),
    spoiled: fc.constant(null),
  });
  return fc.array(fc.oneof(forged, unknown), { maxLength: 3 });
}

function mixed(words: Word[], draws: Iterator<number>): Word[] {
  const left = [...words];
  return words.flatMap(() => left.splice((draws.next().value as number) % left.length, 1));
}
