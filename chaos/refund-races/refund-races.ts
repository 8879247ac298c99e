import { MchRefundNo, type PaymentId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { type CreatedRefund, createRefund } from "@/lib/refunds/create-refund";
import type { Broken, Campaign, Part, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { openPretendGateway, type PretendGateway } from "../gateway/pretend-gateway";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { interceptFetch, networkError } from "../shop/network";
import { recover } from "../shop/recover";
import { openShop, type Shop } from "../shop/shop";
import { clearShop, paidOrder, type StockedPayment, stockPayments } from "../shop/stock";

const clients = 16;

/** The first units are payments that sixteen clients refund at once, the others are refund numbers submitted thrice. */
export const refundRaces = refundRacesWith({ payments: 3_000, partSize: 250 });

export function refundRacesWith({ payments, partSize }: { payments: number; partSize: number }): Campaign {
  return {
    name: "refund-races",
    about: "16 clients refund one payment at once, and every submit comes thrice, at a gateway without limits (R7, R8)",
    unit: "payments and submits",
    usualCount: payments + 10_000,
    partSize,
    async open({ serverUrl }) {
      const shop = await openShop(serverUrl);
      log.level = "silent";
      const operator = await shop.scopeOf("operator");
      return {
        async runPart(part) {
          await clearShop(shop.sql);
          const race = openRace(shop, operator, randomFrom(part.seed));
          try {
            return await (part.index * partSize < payments ? raceForMoney(race, part) : submitThrice(race, part));
          } finally {
            race.close();
          }
        },
        close: () => shop.close(),
      };
    },
  };
}

type Race = {
  shop: Shop;
  operator: Scope;
  random: Random;
  gateway: PretendGateway;
  thrown: string[];
  close: () => void;
};

/** The gateway takes everything, twice as well: nobody but the console holds the limit. Every fifth answer is lost. */
function openRace(shop: Shop, operator: Scope, random: Random): Race {
  const { mchNo, appId, secret } = shop.sender;
  const gateway = openPretendGateway({
    secret,
    mchNo,
    appId,
    now: () => Date.now(),
    tell: () => {},
    refundStart: () => "succeed",
    isCareless: true,
  });
  const close = interceptFetch(async (url, body) => {
    await new Promise((resolve) => setImmediate(resolve));
    const answer = gateway.answer(url.pathname, body);
    if (url.pathname.endsWith("refundOrder") && random.chance(0.2)) throw networkError("ECONNRESET");
    return new Response(answer);
  });
  return { shop, operator, random, gateway, thrown: [], close };
}

async function raceForMoney(race: Race, { index, size }: Part): Promise<PartResult> {
  const half = Math.ceil(size / 2);
  const figures = { payments: size, clients: size * clients, "refunds made": 0, "refused, nothing sent": 0 };
  const whole = await stock(race, half, 10_000, `A${index}`);
  const cents = await stock(race, size - half, 10, `B${index}`);
  const races = [
    ...whole.map((payment) => () => allAtOnce(race, payment, "60.00", 1)),
    // Each waits for the others and comes again: sixteen cents are wanted of ten.
    ...cents.map((payment) => () => allAtOnce(race, payment, "0.01", 4)),
  ];
  for (let next = 0; next < races.length; next += 4) {
    const results = (await Promise.all(races.slice(next, next + 4).map((run) => run()))).flat();
    for (const result of results) figures[result.ok ? "refunds made" : "refused, nothing sent"] += 1;
    race.thrown.push(...results.flatMap((result) => (result.ok ? [] : unclear(result.error))));
  }
  return { figures, broken: await judged(race) };
}

async function submitThrice(race: Race, { index, size }: Part): Promise<PartResult> {
  const stocked = await stock(race, size, 10_000, `K${index}`);
  const broken: Broken[] = [];
  for (let next = 0; next < stocked.length; next += 8) {
    const group = stocked.slice(next, next + 8);
    const told = await Promise.all(group.map((payment) => submitOne(race, payment)));
    for (const detail of told.flat()) broken.push({ invariant: "one number is one refund", detail });
  }
  return {
    figures: { submits: size * 3, "numbers used for another sum": size },
    broken: [...broken, ...(await judged(race))],
  };
}

/** Three clicks at once, a retry afterwards, and the same number for another sum. */
async function submitOne(race: Race, payment: StockedPayment): Promise<string[]> {
  const number = `${payment.mchOrderNo}-R`;
  const clicks = await Promise.all([1, 2, 3].map(() => refund(race, payment.id, number, "30.00")));
  const retry = await refund(race, payment.id, number, "30.00");
  const other = await refund(race, payment.id, number, "31.00");
  const ids = new Set([...clicks, retry].map((result) => (result.ok ? result.value.id : result.error.kind)));
  const problems: string[] = [];
  if (ids.size !== 1 || !retry.ok) problems.push(`${number} became ${[...ids].join(" and ")}`);
  if (other.ok || other.error.kind !== "number-taken") problems.push(`${number} was taken again for another sum`);
  return problems;
}

async function allAtOnce(race: Race, payment: StockedPayment, amount: string, tries: number) {
  const client = async (client: number): Promise<Result<CreatedRefund, Problem>> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await refund(race, payment.id, `${payment.mchOrderNo}-${client}`, amount);
      if (result.ok || result.error.kind !== "one-unclear" || attempt >= tries) return result;
    }
  };
  return Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
}

async function refund(race: Race, paymentId: PaymentId, number: string, amount: string) {
  const input = {
    paymentId,
    mchRefundNo: MchRefundNo.parse(number),
    amount,
    reason: "goodwill",
    note: "",
    secondLook: "",
  };
  try {
    return await createRefund(race.operator, input);
  } catch (error) {
    race.thrown.push(String(error));
    return { ok: false as const, error: { kind: "thrown", message: "Nothing was sent." } };
  }
}

/** The loser must learn that nothing happened, and why. */
function unclear({ kind, message }: Problem): string[] {
  const isClear = ["one-unclear", "exceeds-rest", "thrown"].includes(kind) && message.includes("Nothing was sent.");
  return isClear ? [] : [`${kind}: ${message}`];
}

async function stock(race: Race, count: number, amount: number, label: string): Promise<StockedPayment[]> {
  const stocked = await stockPayments(race.shop, { count, state: "paid", amount, label });
  for (const payment of stocked) race.gateway.book.orders.set(payment.mchOrderNo, paidOrder(payment));
  return stocked;
}

async function judged({ shop, gateway, thrown }: Race): Promise<Broken[]> {
  await recover(shop);
  const failures = thrown.slice(0, 3).map((detail) => ({ invariant: "the loser gets a clear answer", detail }));
  return [...failures, ...(await brokenInvariants(shop.sql)), ...(await compareBooks(shop.sql, gateway.book))];
}
