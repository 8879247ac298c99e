import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import { addFault } from "@/sandbox/faults";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { openSandboxedShop, type SandboxedShop } from "../shop/sandboxed-shop";
import { clearLedger, keepLedger } from "../workers/ledger";
import { doBusiness } from "./before";
import { startConsole } from "./console";
import { changeEverything, givenUp } from "./gateway-side";

/** One unit is an order that changes while the console is down. */
export const downtime: Campaign = {
  name: "downtime",
  about: "the console is down for an hour while every order changes; then it asks, and nobody tells it (R3)",
  unit: "orders",
  usualCount: 10_000,
  partSize: 10_000,
  async open({ serverUrl }) {
    log.level = "silent";
    const port = await freePort();
    const shop = await openSandboxedShop(serverUrl, { publicUrl: `http://127.0.0.1:${port}`, isSilent: false });
    await keepLedger(shop.databaseUrl);
    const operator = await shop.scopeOf("operator");
    return {
      async runPart({ index, size, seed }) {
        await shop.sql`truncate notification_bodies cascade`;
        await shop.forgetOrders();
        await clearLedger(shop.sql);
        // Refunds have no end before the downtime.
        addFault(shop.sandbox.gateway.state, { kind: "pause-refunds" });
        return missAnHour(shop, operator, { label: `D${index}`, orders: size, port, random: randomFrom(seed) });
      },
      close: () => shop.close(),
    };
  },
};

type Plan = { label: string; orders: number; port: number; random: Random };

async function missAnHour(shop: SandboxedShop, operator: Scope, plan: Plan): Promise<PartResult> {
  const figures: Figures = { orders: plan.orders };
  const broken: Broken[] = [];
  const before = await startConsole(shop, plan.port);
  const destinies = await doBusiness(shop, operator, before, plan).finally(before.goDown);
  const { open, latestAt } = await openQuestions(shop);
  await changeEverything(shop, destinies);
  Object.assign(figures, { "open when it went down": open, "told in vain, six times each": givenUp(shop) });

  const told = await messagesHere(shop);
  await clearLedger(shop.sql);
  const began = performance.now();
  const after = await startConsole(shop, plan.port);
  try {
    const isDone = await after.settled();
    figures["longest until all that was due is asked, s"] = (performance.now() - began) / 1_000;
    figures["open after what was due"] = (await openQuestions(shop)).open;
    const waitMs = Math.max(0, latestAt - (await databaseNow(shop)));
    await shop.passTime(waitMs + followUpMs);
    const isDoneAtLast = await after.settled();
    figures["longest wait for a question of before, virtual s"] = waitMs / 1_000;
    if (!isDone || !isDoneAtLast)
      broken.push({ invariant: "the worker comes to an end", detail: "something stays due" });
  } finally {
    await after.goDown();
  }
  const heard = (await messagesHere(shop)) - told;
  if (heard > 0) throw new Error(`the gateway told ${heard} messages after it had given up`);
  broken.push(...(await notAtOnce(shop)), ...(await askingForAPerson(shop)));
  const oracle = [...(await brokenInvariants(shop.sql)), ...(await compareBooks(shop.sql, shop.book()))];
  return { figures, broken: [...broken, ...oracle] };
}

/** When a refund of everything is known, its payment is asked about once more two seconds later; then the worker rests. */
const followUpMs = 5_000;

/**
 * What is open, and when the last question stands that was planned for it: with it ends the poll cycle, in which each
 * order is asked about once, at its own time or, where that is over, at once.
 */
async function openQuestions({ sql }: SandboxedShop): Promise<{ open: number; latestAt: number }> {
  const [row] = await sql<{ open: number; latest: number | null }[]>`
    select count(*)::int as open, (extract(epoch from max(next_ask_at)) * 1000)::float8 as latest from (
      select next_ask_at from payments where state in ('prepared', 'unclear', 'created', 'waiting')
      union all select next_ask_at from refunds where state in ('prepared', 'sent', 'unclear', 'pending')
    ) as question`;
  return { open: row?.open ?? 0, latestAt: row?.latest ?? 0 };
}

async function databaseNow({ sql }: SandboxedShop): Promise<number> {
  const [row] = await sql<{ now: number }[]>`select (extract(epoch from now()) * 1000)::float8 as now`;
  return row?.now ?? 0;
}

async function messagesHere({ sql }: SandboxedShop): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select sum(deliveries)::int as count from notifications`;
  return row?.count ?? 0;
}

/** One question must be enough for each; a payment whose refund gave everything back has one of its own. */
async function notAtOnce({ sql }: SandboxedShop): Promise<Broken[]> {
  const rows = await sql`
    select id, count(*)::int as questions from sim.turns where what in ('query', 'refundQuery')
    group by id having count(*) > 1`;
  if (rows.length === 0) return [];
  return [
    {
      invariant: "one question after the downtime is enough",
      detail: `${rows.length} needed more, such as ${JSON.stringify(rows[0])}`,
    },
  ];
}

/** Whoever has to decide something is told so by the row. */
async function askingForAPerson({ sql }: SandboxedShop): Promise<Broken[]> {
  const rows = await sql`
    select p.mch_order_no as "order", p.attention, r.attention as "ofRefund" from payments p
    left join refunds r on r.payment_id = p.id where p.attention is not null or r.attention is not null`;
  if (rows.length === 0) return [];
  const detail = `${rows.length} do, such as ${JSON.stringify(rows[0])}`;
  return [{ invariant: "nothing asks for a person", detail }];
}
