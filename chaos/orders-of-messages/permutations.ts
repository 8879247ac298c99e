import type { Word } from "./message";

/** Seven words of one story; whatever their order, the story ends the same way. */
export type Story = {
  name: string;
  words: readonly Word[];
  hasRefund: boolean;
  ends: { state: string; refundState: string | null; refunded: number };
};

const word = (way: Word["way"], about: Word["about"], state: number, spoiled: Word["spoiled"] = null): Word => ({
  way,
  about,
  state,
  spoiled,
});
const paidMessage = word("notification", "payment", 2);
const refundedMessage = word("notification", "refund", 2);

export const stories: readonly Story[] = [
  {
    name: "paid after its close, with a repeat and a message about another sum",
    words: [
      word("answer", "payment", 1),
      word("query", "payment", 1),
      word("query", "payment", 6),
      paidMessage,
      paidMessage,
      word("query", "payment", 2),
      word("notification", "payment", 2, "amount"),
    ],
    hasRefund: false,
    ends: { state: "paid", refundState: null, refunded: 0 },
  },
  {
    name: "a refund that the gateway gave up and that succeeded all the same",
    words: [
      word("answer", "refund", 1),
      word("query", "refund", 4),
      refundedMessage,
      refundedMessage,
      word("query", "refund", 2),
      word("query", "payment", 2),
      paidMessage,
    ],
    hasRefund: true,
    ends: { state: "paid", refundState: "succeeded", refunded: 400 },
  },
];

export const ordersOfSeven = 5_040;

/** The permutation of seven with this number, 0 to 5,039, by its digits in the factorial system. */
export function permuted<Item>(items: readonly Item[], number: number): Item[] {
  const left = [...items];
  let rest = number;
  return items.flatMap((_, index) => {
    const choices = items.length - index;
    const at = rest % choices;
    rest = Math.floor(rest / choices);
    return left.splice(at, 1);
  });
}
