import { EventType } from "@/lib/domain/events";
import { addEndpoint } from "@/lib/events/add-endpoint";
import { NewEndpoint } from "@/lib/events/endpoint-input";
import { log } from "@/lib/log/log";
import { freePort } from "@/scripts/start/ports.mjs";
import type { Broken, Campaign, Figures, PartResult } from "../core/campaign";
import { type Random, randomFrom } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { paidMessage, pathOf } from "../processes/messages";
import { end, startDoor, startWorker } from "../processes/program";
import { openSender } from "../processes/sender";
import { openShop, type Shop } from "../shop/shop";
import { stockPayments } from "../shop/stock";
import { openReceiver, type Receiver } from "./receiver";

/** One unit is an order whose message comes again and again. */
export const copies: Campaign = copiesWith({ partSize: 5, times: 1_000 });

export function copiesWith({ partSize, times }: { partSize: number; times: number }): Campaign {
  return {
    name: "copies",
    about: "each message comes a thousand times, 32 at once, through two web processes (R4)",
    unit: "orders",
    usualCount: 500,
    partSize,
    async open({ serverUrl }) {
      log.level = "silent";
      const receiver = await openReceiver();
      const shop = await openShop(serverUrl);
      await listen(shop, receiver);
      const ports = [await freePort(), await freePort()] as const;
      const crew = [...(await Promise.all(ports.map((port) => startDoor(port)))), startWorker()];
      return {
        async runPart({ index, size, seed }) {
          await shop.sql`truncate payments, notification_bodies cascade`;
          receiver.acts.clear();
          const random = randomFrom(seed);
          return repeat({ shop, receiver, ports }, { label: `C${index}`, orders: size, times, random });
        },
        async close() {
          await Promise.all(crew.map((one) => end(one, "SIGKILL")));
          await shop.close();
          receiver.close();
        },
      };
    },
  };
}

async function listen(shop: Shop, { url }: Receiver): Promise<void> {
  const wanted = NewEndpoint.parse({
    merchantId: shop.merchantId,
    label: "Warehouse",
    url,
    eventTypes: EventType.options,
  });
  const added = await addEndpoint(await shop.scopeOf("admin"), wanted, null);
  if (!added.ok) throw new Error(added.error.message);
}

type House = { shop: Shop; receiver: Receiver; ports: readonly [number, number] };
type Plan = { label: string; orders: number; times: number; random: Random };

const connections = 32;
const amount = 1_000;

async function repeat(house: House, { label, orders, times, random }: Plan): Promise<PartResult> {
  const { shop, ports } = house;
  const stocked = await stockPayments(shop, { count: orders, state: "prepared", amount, label });
  const path = pathOf(shop);
  const told = new Map(stocked.map(({ mchOrderNo }) => [mchOrderNo, { sent: 0, taken: 0 }]));
  const sender = openSender(connections);
  try {
    for (const { mchOrderNo } of stocked) {
      const body = paidMessage(shop, mchOrderNo, amount);
      const counts = told.get(mchOrderNo) ?? { sent: 0, taken: 0 };
      let left = times;
      const lane = async () => {
        while (left > 0) {
          left -= 1;
          for (let isTaken = false; !isTaken && counts.sent < 10 * times; ) {
            counts.sent += 1;
            const heard = await sender.tell(random.pick(ports), path, body);
            isTaken = heard.status === 200 && heard.body === "success";
            if (isTaken) counts.taken += 1;
          }
        }
      };
      await Promise.all(Array.from({ length: connections }, lane));
    }
  } finally {
    sender.close();
  }
  await actsAreDone(house, orders);
  const sent = [...told.values()].reduce((sum, counts) => sum + counts.sent, 0);
  const taken = [...told.values()].reduce((sum, counts) => sum + counts.taken, 0);
  const figures: Figures = { orders, "answered success": taken, "refused and sent again": sent - taken };
  return { figures, broken: await brokenCounts(house, told, times) };
}

/** What is counted for one order in the tables. */
type Row = { orderNo: string; state: string; changes: number; events: number; messages: number; deliveries: number };

async function brokenCounts(
  { shop, receiver }: House,
  told: ReadonlyMap<string, { sent: number; taken: number }>,
  times: number,
): Promise<Broken[]> {
  const rows = await shop.sql<Row[]>`
    select p.mch_order_no as "orderNo", p.state,
      (select count(*)::int from timeline_entries t where t.payment_id = p.id and t.kind = 'change') as changes,
      (select count(*)::int from events e where e.payment_id = p.id) as events,
      (select count(*)::int from notifications n where n.payment_id = p.id) as messages,
      (select coalesce(sum(n.deliveries), 0)::int from notifications n where n.payment_id = p.id) as deliveries
    from payments p`;
  const broken: Broken[] = [];
  const claim = (invariant: string, row: Row, holds: boolean) => {
    const seen = { ...row, ...told.get(row.orderNo), acts: receiver.acts.get(row.orderNo) ?? 0 };
    if (!holds) broken.push({ invariant, detail: JSON.stringify(seen) });
  };
  for (const row of rows) {
    const { sent, taken } = told.get(row.orderNo) ?? { sent: 0, taken: 0 };
    claim("every copy is answered success in the end", row, taken === times);
    claim("a thousand copies make one change", row, row.state === "paid" && row.changes === 1);
    claim("a thousand copies make one event", row, row.events === 1);
    claim("a thousand copies make one act downstream", row, receiver.acts.get(row.orderNo) === 1);
    // One that was refused because it was late may have been stored all the same.
    const isCounted = row.messages === 1 && row.deliveries >= taken && row.deliveries <= sent;
    claim("every delivery is counted, and none twice", row, isCounted);
  }
  return [...broken, ...(await brokenInvariants(shop.sql))];
}

const patienceMs = 120_000;

/** Waits until the receiver heard of every order and nothing is on its way to it any more. */
async function actsAreDone({ shop, receiver }: House, orders: number): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const [row] = await shop.sql<{ open: number }[]>`
      select ((select count(*) from events where is_new)
        + (select count(*) from event_deliveries where state = 'due'))::int as open`;
    if (row?.open === 0 && receiver.acts.size >= orders) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
