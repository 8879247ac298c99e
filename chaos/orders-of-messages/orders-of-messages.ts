import fc from "fast-check";
import { log } from "@/lib/log/log";
import type { Broken, Campaign, Part, PartResult } from "../core/campaign";
import { brokenInvariants } from "../oracle/invariants";
import { openShop, type Shop } from "../shop/shop";
import { clearShop } from "../shop/stock";
import { anyHistory, type History } from "./histories";
import { hear } from "./message";
import { ordersOfSeven, permuted, type Story, stories } from "./permutations";
import { endingsOf, freshPayments, inParallel, refundsUnderWay } from "./subjects";

type Extent = {
  /** Takes one order in so many; 1 is every order. */
  everyNth: number;
  partSize: number;
  histories: number;
};

/** The first units are every order of the seven words of each story, the others are histories by chance. */
export const ordersOfMessages = ordersOfMessagesWith({ everyNth: 1, partSize: 1_008, histories: 100_000 });

/** Parts hold orders or histories and not both, so their size has to divide the orders of a story. */
export function ordersOfMessagesWith({ everyNth, partSize, histories }: Extent): Campaign {
  const ofStory = ordersOfSeven / everyNth;
  return {
    name: "orders-of-messages",
    about: "every order of seven messages, and histories by chance, end the same way (R5)",
    unit: "histories",
    usualCount: stories.length * ofStory + histories,
    partSize,
    async open({ serverUrl }) {
      const shop = await openShop(serverUrl);
      log.level = "silent";
      return {
        async runPart(part) {
          await clearShop(shop.sql);
          const first = part.index * partSize;
          const story = stories[Math.floor(first / ofStory)];
          const numbers = Array.from({ length: part.size }, (_, at) => ((first % ofStory) + at) * everyNth);
          const result = story ? await everyOrder(shop, story, numbers, `O${part.index}`) : await byChance(shop, part);
          return { ...result, broken: [...result.broken, ...(await brokenInvariants(shop.sql))] };
        },
        close: () => shop.close(),
      };
    },
  };
}

async function everyOrder(shop: Shop, story: Story, numbers: readonly number[], label: string): Promise<PartResult> {
  const make = story.hasRefund ? refundsUnderWay : freshPayments;
  const subjects = await make(shop, numbers.length, label);
  await inParallel(subjects, async (subject, at) => {
    for (const word of permuted(story.words, numbers[at] ?? 0)) await hear(shop, subject, word);
  });
  const endings = await endingsOf(shop, subjects);
  const odd = endings.flatMap((ending, at) => {
    const isRight =
      ending.state === story.ends.state &&
      ending.refundState === story.ends.refundState &&
      ending.refunded === story.ends.refunded &&
      ending.reserved === ending.refunded &&
      ending.attention !== null;
    return isRight ? [] : [`order ${numbers[at]} ends as ${JSON.stringify(ending)}`];
  });
  const invariant = `${story.name}: the order of messages does not matter`;
  const broken: Broken[] = odd.length === 0 ? [] : [{ invariant, detail: odd.slice(0, 3).join("; ") }];
  return { figures: { "orders of seven": numbers.length, messages: numbers.length * 7 }, broken };
}

const historiesAtOnce = 40;

async function byChance(shop: Shop, { index, size, seed }: Part): Promise<PartResult> {
  const figures = { "histories by chance": 0, messages: 0, "of them contradictory": 0 };
  let batches = 0;
  const batch = fc.array(anyHistory, { minLength: 1, maxLength: historiesAtOnce, size: "max" });
  const property = fc.asyncProperty(batch, async (histories) => {
    batches += 1;
    figures["histories by chance"] += histories.length;
    figures.messages += histories.reduce((sum, { words }) => sum + words.length, 0);
    figures["of them contradictory"] += histories.filter(({ ends }) => ends === null).length;
    const wrong = await wrongEndings(shop, histories, `H${index}-${batches}`);
    if (wrong.length > 0) throw new Error(wrong.join("; "));
  });
  // Batches are of any length, so that a failure shrinks to one history: it takes some more until there are enough.
  for (let round = 0; figures["histories by chance"] < size; round += 1) {
    const missing = size - figures["histories by chance"];
    const outcome = await fc.check(property, {
      seed: (seed + round) | 0,
      numRuns: Math.ceil(missing / historiesAtOnce),
    });
    if (!outcome.failed) continue;
    const example = JSON.stringify(outcome.counterexample);
    const detail = `${outcome.errorInstance instanceof Error ? outcome.errorInstance.message : ""} after shrinking: ${example}`;
    return { figures, broken: [{ invariant: "a history ends where its story ends", detail }] };
  }
  return { figures, broken: [] };
}

async function wrongEndings(shop: Shop, histories: readonly History[], label: string): Promise<string[]> {
  const plain = histories.filter(({ hasRefund }) => !hasRefund);
  const refunding = histories.filter(({ hasRefund }) => hasRefund);
  const subjects = [
    ...(plain.length > 0 ? await freshPayments(shop, plain.length, `${label}p`) : []),
    ...(refunding.length > 0 ? await refundsUnderWay(shop, refunding.length, `${label}r`) : []),
  ];
  const all = [...plain, ...refunding];
  await inParallel(subjects, async (subject, at) => {
    for (const word of all[at]?.words ?? []) await hear(shop, subject, word);
  });
  const endings = await endingsOf(shop, subjects);
  return endings.flatMap((ending, at) => {
    const history = all[at];
    if (!history || history.ends === null) return [];
    const state = history.hasRefund ? ending.refundState : ending.state;
    return state === history.ends ? [] : [`ends ${state} instead of ${history.ends}`];
  });
}
