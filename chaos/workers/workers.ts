import { MchRefundNo } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { askAboutPayment } from "@/lib/payments/ask-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { createRefund } from "@/lib/refunds/create-refund";
import { addFault } from "@/sandbox/faults";
import { payOrder } from "@/sandbox/payments";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { inParallel } from "../orders-of-messages/subjects";
import { openSandboxedShop, type SandboxedShop } from "../shop/sandboxed-shop";
import { dismiss, hire, type Worker } from "./crew";
import { brokenTurns, clearLedger, keepLedger, longestWait, standing, turnFigures } from "./ledger";

/** One unit is a virtual minute in which workers are killed and frozen. */
export const workers: Campaign = workersWith({ partSize: 20, orders: 16, isTimed: true });

type Extent = {
  /** Minutes between two checks of everything. */
  partSize: number;
  /** How many new ones each minute has. */
  orders: number;
  /** Also holds the longest wait against two leases, which a crowded machine cannot always keep. */
  isTimed: boolean;
};

export function workersWith({ partSize, orders, isTimed }: Extent): Campaign {
  return {
    name: "workers",
    about: "two to four worker processes are killed and frozen past their lease again and again (R10)",
    unit: "virtual minutes",
    usualCount: 60,
    partSize,
    async open({ serverUrl }) {
      const shop = await openSandboxedShop(serverUrl, { isSilent: true });
      await keepLedger(shop.databaseUrl);
      log.level = "silent";
      const operator = await shop.scopeOf("operator");
      return {
        async runPart({ index, size, seed }) {
          await shop.forgetOrders();
          await clearLedger(shop.sql);
          const random = randomFrom(seed);
          return struggle(shop, operator, { label: `W${index}`, minutes: size, orders, isTimed, random });
        },
        close: () => shop.close(),
      };
    },
  };
}

type Struggle = { label: string; minutes: number; orders: number; isTimed: boolean; random: Random };

async function struggle(shop: SandboxedShop, operator: Scope, work: Struggle): Promise<PartResult> {
  const { minutes, random } = work;
  const crew = Array.from({ length: 2 + random.below(3) }, () => hire(shop.databaseUrl));
  const figures: Figures = { "virtual minutes": minutes, kills: 0, freezes: 0, "of them in the middle of work": 0 };
  const count = (what: string) => {
    figures[what] = (figures[what] ?? 0) + 1;
  };
  const broken: Broken[] = [];
  try {
    for (let minute = 0; minute < minutes; minute += 1) {
      await makeWork(shop, operator, { ...work, label: `${work.label}-${minute}` });
      await stampede(shop, crew);
      const { unlucky, isWorking } = await oneAtWork(shop, crew, random);
      const isFrozen = random.chance(0.5);
      unlucky.process.kill(isFrozen ? "SIGSTOP" : "SIGKILL");
      count(isFrozen ? "freezes" : "kills");
      if (isWorking) count("of them in the middle of work");
      crew.splice(crew.indexOf(unlucky), 1);
      if (!isFrozen) crew.push(hire(shop.databaseUrl));
      const isDone = await drained(shop, crew);
      // Past the lease: the others take over what it held. Only then it may go on with what it believes to hold.
      await shop.passTime(70_000);
      const isTakenOver = await drained(shop, crew);
      if (isFrozen) {
        crew.push(unlucky);
        unlucky.process.kill("SIGCONT");
        await drained(shop, crew);
      }
      if (isDone && isTakenOver) continue;
      broken.push({ invariant: "nothing that is due starves", detail: `still due after minute ${minute}` });
      break;
    }
    // Before hours are jumped over.
    const longest = await longestWait(shop.sql);
    figures["longest wait past its time, s"] = longest;
    if (work.isTimed && longest > 2 * leaseSeconds) {
      const detail = `${Math.round(longest)} s`;
      broken.push({ invariant: "the oldest question waits for two leases at most", detail });
    }
    await lastWords(shop, crew);
  } finally {
    await Promise.all(crew.map(dismiss));
  }
  const oracle = [
    ...(await brokenTurns(shop.sql)),
    ...(await brokenInvariants(shop.sql)),
    ...(await compareBooks(shop.sql, shop.book())),
  ];
  return { figures: { ...figures, ...(await turnFigures(shop.sql)) }, broken: [...broken, ...oracle] };
}

/** Payments and refunds whose outcome nobody here knows: some executed, some never arrived. */
async function makeWork(shop: SandboxedShop, operator: Scope, { label, orders, random }: Struggle): Promise<void> {
  const { gateway } = shop.sandbox;
  await inParallel(
    Array.from({ length: orders }, (_, index) => index),
    async (index) => {
      const mchOrderNo = `${label}-${index}`;
      const isLost = random.chance(0.2);
      if (isLost)
        addFault(gateway.state, {
          kind: "drop-connection",
          mchOrderNo,
          times: 1,
          when: random.pick(["before", "after"]),
        });
      const asTyped = { mchOrderNo, wayCode: "WX_QR", amount: "10.00", subject: "Tea", expiredTimeSeconds: 86_400 };
      const made = await createPayment(operator, CreatePaymentInput.parse(asTyped));
      if (!made.ok) throw new Error(made.error.message);
      const order = [...gateway.state.orders.values()].find((one) => one.mchOrderNo === mchOrderNo);
      if (!order || random.chance(0.2)) return;
      payOrder(gateway, order);
      if (isLost || random.chance(0.3)) return;
      await shop.sql`update payments set next_ask_at = null where id = ${made.value}`;
      await askAboutPayment([shop.merchantId], made.value, "worker");
      const mchRefundNo = MchRefundNo.parse(`${mchOrderNo}-R`);
      addFault(gateway.state, {
        kind: "drop-connection",
        operation: "refundOrder",
        mchRefundNo,
        times: 1 + random.below(2),
        when: random.pick(["before", "after"]),
      });
      await createRefund(operator, {
        paymentId: made.value,
        mchRefundNo,
        amount: "4.00",
        reason: "goodwill",
        note: "",
        secondLook: "",
      });
    },
  );
}

/** Everything becomes due while all workers hold their breath, and then all of them look at once. */
async function stampede(shop: SandboxedShop, crew: readonly Worker[]): Promise<void> {
  for (const worker of crew) worker.process.kill("SIGSTOP");
  await pause(workerPauseMs + 200);
  await shop.passTime(70_000);
  for (const worker of crew) worker.process.kill("SIGCONT");
}

/** Waits for a worker that holds questions, as long as there are any to hold. */
async function oneAtWork(
  { sql }: SandboxedShop,
  crew: readonly Worker[],
  random: Random,
): Promise<{ unlucky: Worker; isWorking: boolean }> {
  for (let waited = 0; waited < patienceMs; waited += glanceMs) {
    const { due, claims } = await standing(sql);
    const working = crew.filter(({ name }) => claims.has(name));
    if (working.length > 0) return { unlucky: random.pick(working), isWorking: true };
    if (due === 0) break;
    await pause(glanceMs);
  }
  return { unlucky: random.pick(crew), isWorking: false };
}

/** Waits until nothing is due and nobody of the crew holds a question. @returns whether nothing is due any more */
async function drained({ sql }: SandboxedShop, crew: readonly Worker[]): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += glanceMs) {
    const { due, claims } = await standing(sql);
    if (due === 0 && crew.every(({ name }) => !claims.has(name))) return true;
    await pause(glanceMs);
  }
  return (await standing(sql)).due === 0;
}

/** Everything that is open must have an end within two virtual hours. */
async function lastWords(shop: SandboxedShop, crew: readonly Worker[]): Promise<void> {
  const end = 2 * 60 * 60_000;
  for (let passed = 0; passed < end; ) {
    const wait = await untilNextQuestion(shop);
    if (wait === null || passed + wait > end) return;
    await shop.passTime(wait);
    passed += wait;
    await drained(shop, crew);
  }
}

/** Milliseconds until the questions that are open now are all due; `null` when nothing is open. */
async function untilNextQuestion({ sql }: SandboxedShop): Promise<number | null> {
  const [row] = await sql<{ wait: number | null }[]>`
    select extract(epoch from max(next_ask_at) - now())::float8 * 1000 as wait from (
      select next_ask_at from payments where state in ('prepared', 'unclear')
      union all select next_ask_at from refunds where state in ('prepared', 'sent', 'unclear', 'pending')
    ) as open`;
  return row?.wait == null ? null : Math.max(1_000, Math.ceil(row.wait) + 1);
}

const leaseSeconds = 60;
// How long a worker with nothing to do sleeps.
const workerPauseMs = 1_000;
const patienceMs = 90_000;
const glanceMs = 20;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
