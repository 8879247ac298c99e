import { PaymentId, RefundId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import type { Broken, Campaign, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { perform } from "../crash-points/acts";
import type { Message } from "../gateway/book";
import { openPretendGateway, type PretendGateway } from "../gateway/pretend-gateway";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants, lostMessages } from "../oracle/invariants";
import { interceptFetch, networkError } from "../shop/network";
import { recover } from "../shop/recover";
import { openShop, type Shop } from "../shop/shop";
import { clearShop } from "../shop/stock";
import { virtualiseProcess } from "../simulation/virtual-time";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Differences between this process's clock and the database's, and instants at which clocks do odd things. */
const differences = [0, 15 * minute, -15 * minute, 14 * minute + 59_999, -1, day, -day];
const oddInstants = [
  Date.UTC(2016, 11, 31, 23, 59, 59, 999),
  Date.UTC(2027, 2, 28, 0, 59, 59, 999),
  Date.UTC(2027, 9, 31, 0, 59, 59, 999),
  Date.UTC(2028, 1, 29, 15, 59, 59, 999),
];
const reqTimeShifts = [0, 15 * minute, -15 * minute, day, -day];

type Case = {
  shop: Shop;
  operator: Scope;
  gateway: PretendGateway;
  random: Random;
  messages: Message[];
  loseNext: (path: string | null) => void;
  step: () => void;
};

/** One unit is a payment's whole life with clocks that disagree and jump. */
export const clocks: Campaign = {
  name: "clocks",
  about: "clocks that disagree by 15 minutes, jump, and messages dated a day away change no outcome (R11)",
  unit: "lives",
  usualCount: 1_000,
  partSize: 50,
  async open({ serverUrl }) {
    const shop = await openShop(serverUrl);
    log.level = "silent";
    const operator = await shop.scopeOf("operator");
    const real = Date.now;
    return {
      async runPart({ index, size, seed }) {
        await clearShop(shop.sql);
        const random = randomFrom(seed);
        let shift = 0;
        const step = () => {
          shift = random.chance(0.3) ? random.pick(oddInstants) - real() : random.pick(differences);
        };
        const process = virtualiseProcess(() => real() + shift);
        process.reseed(seed);
        const stage = openCase(shop, operator, random, step);
        try {
          return await liveManyLives(stage, index, size);
        } finally {
          process.restore();
          stage.close();
        }
      },
      close: () => shop.close(),
    };
  },
};

function openCase(shop: Shop, operator: Scope, random: Random, step: () => void): Case & { close: () => void } {
  const { mchNo, appId, secret } = shop.sender;
  const messages: Message[] = [];
  let lost: string | null = null;
  const gateway = openPretendGateway({
    secret,
    mchNo,
    appId,
    // The gateway's clock is a third one, and its messages are dated by it.
    now: () => 1_790_000_000_000 + random.pick(reqTimeShifts),
    tell: (message) => void messages.push(message),
    refundStart: () => "later",
  });
  const close = interceptFetch(async (url, body) => {
    if (url.pathname === lost) throw networkError("ECONNRESET");
    return new Response(gateway.answer(url.pathname, body));
  });
  const loseNext = (path: string | null) => {
    lost = path;
  };
  return { shop, operator, gateway, random, messages, loseNext, step, close };
}

async function liveManyLives(stage: Case, part: number, size: number): Promise<PartResult> {
  const broken: Broken[] = [];
  const delivered: string[] = [];
  for (let life = 0; life < size; life += 1) {
    const label = `C${part}-${life}`;
    stage.step();
    for (const detail of await liveThrough(stage, label, delivered)) {
      broken.push({ invariant: "no clock changes an outcome", detail: `${label}: ${detail}` });
    }
  }
  stage.step();
  await recover(stage.shop, { atLeast: 5 });
  const oracle = [
    ...(await brokenInvariants(stage.shop.sql)),
    ...(await lostMessages(stage.shop.sql, delivered)),
    ...(await compareBooks(stage.shop.sql, stage.gateway.book)),
  ];
  return { figures: { lives: size, "messages, each four times": delivered.length }, broken: [...broken, ...oracle] };
}

/** Made, lost or not, paid, refunded in part: with a jump of the clock between any two steps. */
async function liveThrough(stage: Case, label: string, delivered: string[]): Promise<string[]> {
  const problems: string[] = [];
  const expect = (what: string, is: string, shouldBe: string) => {
    if (is !== shouldBe) problems.push(`${what}: ${is} instead of ${shouldBe}`);
  };
  const isLost = stage.random.chance(0.3);
  if (isLost) stage.loseNext("/api/pay/unifiedOrder");
  await perform(stage.operator, { kind: "create", mchOrderNo: label });
  stage.loseNext(null);
  const paymentId = await idOf(stage, label);
  stage.step();
  await perform(stage.operator, { kind: "ask", paymentId });
  // A minute has not passed for the database, whatever this process's clock says.
  expect("asked at once", await stateOf(stage, label), isLost ? "unclear" : "waiting");
  if (isLost) return problems;

  stage.gateway.pay(label);
  stage.step();
  problems.push(...(await hearAll(stage, delivered)));
  expect("after its message", await stateOf(stage, label), "paid");
  if (problems.length > 0) return problems;

  const isRefundLost = stage.random.chance(0.3);
  if (isRefundLost) stage.loseNext("/api/refund/refundOrder");
  await perform(stage.operator, { kind: "refund", paymentId, mchRefundNo: `${label}-R`, amount: "4.00" });
  stage.loseNext(null);
  stage.step();
  const refundId = await refundIdOf(stage, label);
  await perform(stage.operator, { kind: "ask refund", refundId });
  expect("the refund asked at once", await refundStateOf(stage, label), isRefundLost ? "unclear" : "pending");
  if (isRefundLost && stage.gateway.book.refunds.has(`${label}-R`)) problems.push("sent again within the minute");
  stage.gateway.settle(`${label}-R`, "succeed");
  stage.step();
  problems.push(...(await hearAll(stage, delivered)));
  expect("the refund after its message", await refundStateOf(stage, label), isRefundLost ? "unclear" : "succeeded");
  return problems;
}

/** Each message comes four times, the clock jumps in between, and every one must be taken. */
async function hearAll(stage: Case, delivered: string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const message of stage.messages.splice(0)) {
    for (let delivery = 1; delivery <= 4; delivery += 1) {
      stage.step();
      const { reply } = await receiveNotification({
        credentialId: stage.shop.credentialId,
        kind: message.kind,
        query: "",
        contentType: "application/x-www-form-urlencoded",
        headers: [],
        sourceAddress: null,
        body: new TextEncoder().encode(message.body),
      });
      if (reply !== "success") problems.push(`delivery ${delivery} was answered ${reply}`);
    }
    delivered.push(message.body);
  }
  return problems;
}

async function idOf({ shop }: Case, label: string): Promise<PaymentId> {
  const [row] = await shop.sql`select id from payments where mch_order_no = ${label}`;
  return PaymentId.parse(row?.["id"]);
}

async function refundIdOf({ shop }: Case, label: string): Promise<RefundId> {
  const [row] = await shop.sql`select id from refunds where mch_refund_no = ${`${label}-R`}`;
  return RefundId.parse(row?.["id"]);
}

async function stateOf({ shop }: Case, label: string): Promise<string> {
  const [row] = await shop.sql`select state from payments where mch_order_no = ${label}`;
  return String(row?.["state"]);
}

async function refundStateOf({ shop }: Case, label: string): Promise<string> {
  const [row] = await shop.sql`select state from refunds where mch_refund_no = ${`${label}-R`}`;
  return String(row?.["state"]);
}
