import { log } from "@/lib/log/log";
import type { Campaign, Part, PartResult } from "../core/campaign";
import { randomFrom } from "../core/random";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { recover } from "../shop/recover";
import { openShop, type Shop } from "../shop/shop";
import { clearShop } from "../shop/stock";
import { openKeyedGateway } from "./keyed-gateway";
import { type Load, order, runLoad } from "./load";
import { type Rotator, rotator } from "./rotator";

/** 2,000 calls and 20,000 messages across five rotations. */
export const rotations = rotationsWith({ calls: 400, deliveriesEach: 10 });

export function rotationsWith(size: { calls: number; deliveriesEach: number }): Campaign {
  return {
    name: "rotations",
    about: "keys are rotated under load, and the gateway changes its own at a moment of its own (R13)",
    unit: "rotations",
    usualCount: 5,
    partSize: 1,
    async open({ serverUrl }) {
      const shop = await openShop(serverUrl);
      log.level = "silent";
      const steps = await rotator(shop);
      return {
        runPart: (part) => rotateUnderLoad(shop, steps, { ...part, ...size }),
        close: () => shop.close(),
      };
    },
  };
}

async function rotateUnderLoad(
  shop: Shop,
  steps: Rotator,
  { index, seed, calls, deliveriesEach }: Part & { calls: number; deliveriesEach: number },
): Promise<PartResult> {
  await clearShop(shop.sql);
  const random = randomFrom(seed);
  const gateway = openKeyedGateway(shop, steps.key());
  const next = `invented-key-${index}-${Math.floor(random.next() * 1e9)}`;
  const isByHand = random.chance(0.5);
  const load: Load = { shop, operator: await shop.scopeOf("operator"), gateway, random, label: `T${index}`, calls };
  const first = await order(load, "first");
  let isHeard = false;
  try {
    const at = (share: number) => Math.floor(calls * share);
    const done = await runLoad({ ...load, deliveriesEach }, [
      { after: at(0.15), act: () => steps.add(next) },
      { after: at(0.3), act: () => steps.promoteTooEarly() },
      {
        after: at(0.4 + random.next() * 0.3),
        act: async () => {
          gateway.useKey(next);
          // Before any call has found out.
          isHeard = (await Promise.all(gateway.pay(first).map(gateway.deliver))).every(Boolean);
          if (isByHand) await steps.promote();
        },
      },
    ]);
    // Whoever is on the way with the old key has arrived; that is what the overlap was for.
    await steps.retire(next);
    const accepted = await gateway.sendUnderOldKey(done.oldMessages);
    await recover(shop);
    const broken = [
      ...steps.broken(),
      ...done.broken,
      ...(accepted === 0 ? [] : [{ invariant: "nothing is believed after the overlap", detail: `${accepted} were` }]),
      ...(isHeard ? [] : [{ invariant: "a pending key verifies", detail: first }]),
      ...(await unpaid(shop, calls + 1)),
      ...(await brokenInvariants(shop.sql)),
      ...(await compareBooks(shop.sql, gateway.book)),
    ];
    const repeated = gateway.refused();
    return {
      figures: {
        rotations: 1,
        calls,
        notifications: done.delivered,
        "requests under a key that was not taken": repeated,
        "messages after the overlap": done.oldMessages.length,
      },
      broken,
    };
  } finally {
    gateway.close();
  }
}

/** Every call made its order, and a message told that it was paid. */
async function unpaid({ sql }: Shop, calls: number) {
  const rows = await sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from payments group by state`;
  const isWhole = rows.length === 1 && rows[0]?.state === "paid" && rows[0].count === calls;
  return isWhole ? [] : [{ invariant: "no call fails while a key is rotated", detail: JSON.stringify(rows) }];
}
