import { type ChildProcess, spawn } from "node:child_process";
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

/** One unit is a virtual minute in which workers are killed and frozen. */
export const workers: Campaign = workersWith({ partSize: 20, orders: 16 });

/** @param partSize  minutes between two checks of everything, each minute with so many new orders */
export function workersWith({ partSize, orders }: { partSize: number; orders: number }): Campaign {
  return {
    name: "workers",
    about: "two to four worker processes are killed and frozen past their lease again and again (R10)",
    unit: "virtual minutes",
    usualCount: 60,
    partSize,
    async open({ serverUrl }) {
      const shop = await openSandboxedShop(serverUrl, { isSilent: true });
      log.level = "silent";
      const operator = await shop.scopeOf("operator");
      return {
        async runPart({ index, size, seed }) {
          await shop.forgetOrders();
          return struggle(shop, operator, { label: `W${index}`, minutes: size, orders, random: randomFrom(seed) });
        },
        close: () => shop.close(),
      };
    },
  };
}

type Struggle = { label: string; minutes: number; orders: number; random: Random };

async function struggle(shop: SandboxedShop, operator: Scope, work: Struggle): Promise<PartResult> {
  const { minutes, random } = work;
  const crew = Array.from({ length: 2 + random.below(3) }, () => hire());
  const figures: Figures = { "virtual minutes": minutes, kills: 0, freezes: 0 };
  const count = (what: string) => {
    figures[what] = (figures[what] ?? 0) + 1;
  };
  const broken: Broken[] = [];
  try {
    for (let minute = 0; minute < minutes; minute += 1) {
      await makeWork(shop, operator, { ...work, label: `${work.label}-${minute}` });
      await stampede(shop, crew);
      // In the middle of what it does.
      await pause(random.below(250));
      const at = random.below(crew.length);
      const unlucky = crew[at];
      const isFrozen = random.chance(0.5);
      unlucky?.kill(isFrozen ? "SIGSTOP" : "SIGKILL");
      count(isFrozen ? "freezes" : "kills");
      if (!isFrozen) crew[at] = hire();
      const isDone = await drained(shop);
      // Past the lease: the others take over what it held. Only then it may go on with what it believes to hold.
      await shop.passTime(70_000);
      const isTakenOver = await drained(shop);
      if (isFrozen) {
        unlucky?.kill("SIGCONT");
        await drained(shop);
      }
      if (isDone && isTakenOver) continue;
      broken.push({ invariant: "nothing that is due starves", detail: `still due after minute ${minute}` });
      break;
    }
    // The last words: everything open must have an end within two virtual hours.
    for (let hop = 0; hop < 40 && (await isAnythingOpen(shop)); hop += 1) {
      await shop.passTime(200_000);
      await drained(shop);
    }
  } finally {
    await Promise.all(crew.map(dismiss));
  }
  const oracle = [
    ...(await overlaps(shop)),
    ...(await brokenInvariants(shop.sql)),
    ...(await compareBooks(shop.sql, shop.book())),
  ];
  return { figures: { ...figures, ...(await asked(shop)) }, broken: [...broken, ...oracle] };
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

/** A worker as production starts it. */
function hire(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], { stdio: ["ignore", "ignore", "inherit"] });
}

async function dismiss(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  // Also one that is still frozen.
  worker.kill("SIGKILL");
  await ended;
}

/** Everything becomes due while all workers hold their breath, and then all of them look at once. */
async function stampede(shop: SandboxedShop, crew: readonly ChildProcess[]): Promise<void> {
  for (const worker of crew) worker.kill("SIGSTOP");
  await pause(workerPauseMs + 200);
  await shop.passTime(70_000);
  for (const worker of crew) worker.kill("SIGCONT");
}

// How long a worker with nothing to do sleeps.
const workerPauseMs = 1_000;
const patienceMs = 90_000;
const quietMs = 600;

/** Waits until nothing is due and nobody is asking any more. */
async function drained({ sql }: SandboxedShop): Promise<boolean> {
  let calls = -1;
  for (let waited = 0; waited < patienceMs; waited += quietMs) {
    const [row] = await sql<{ due: string; calls: string }[]>`
      select (select count(*) from payments where next_ask_at <= now())
        + (select count(*) from refunds where next_ask_at <= now()) as due, (select count(*) from gateway_calls) as calls`;
    const isQuiet = Number(row?.due) === 0 && Number(row?.calls) === calls;
    if (isQuiet) return true;
    calls = Number(row?.calls);
    await pause(quietMs);
  }
  return false;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function isAnythingOpen({ sql }: SandboxedShop): Promise<boolean> {
  const rows = await sql`
    select 1 from payments where state in ('prepared', 'unclear')
    union all select 1 from refunds where state in ('prepared', 'sent', 'unclear', 'pending') limit 1`;
  return rows.length > 0;
}

/** Two workers with one question at the same time; one that was frozen in the middle of it does not count. */
async function overlaps({ sql }: SandboxedShop): Promise<Broken[]> {
  const pairs = await sql`
    select coalesce(one.refund_id, one.payment_id) as what, one.started_at as began, other.started_at as also
    from gateway_calls one
    join gateway_calls other on other.merchant_id = one.merchant_id and other.id > one.id
      and other.operation = one.operation and other.operation in ('query', 'refundQuery')
      and coalesce(other.refund_id, other.payment_id) = coalesce(one.refund_id, one.payment_id)
    where one.duration_ms < 900 and other.duration_ms < 900
      and one.started_at < other.started_at + make_interval(secs => other.duration_ms / 1000.0)
      and other.started_at < one.started_at + make_interval(secs => one.duration_ms / 1000.0)`;
  if (pairs.length === 0) return [];
  const detail = `${pairs.length} times, such as ${JSON.stringify(pairs[0])}`;
  return [{ invariant: "no two workers handle one order at a time", detail }];
}

async function asked({ sql }: SandboxedShop): Promise<Figures> {
  const [row] = await sql<
    { calls: string }[]
  >`select count(*) as calls from gateway_calls where operation in ('query', 'refundQuery')`;
  return { questions: Number(row?.calls) };
}
