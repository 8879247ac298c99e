import type { Figures } from "../core/campaign";
import { paidMessage, pathOf } from "../processes/messages";
import { type Heard, openSender } from "../processes/sender";
import type { Shop } from "../shop/shop";
import { stockPayments } from "../shop/stock";
import { Stuck } from "./stuck";

/**
 * A stream of messages, each one different, that never ends by itself. A message that was not answered `success` is sent
 * again until it is, as the gateway would; whoever broke off in the middle knows nothing, and the ledger promises nothing.
 */
export type Ingest = {
  /** Order number and body of every message that was answered `success`. */
  acknowledged: ReadonlyMap<string, string>;
  /** Waits until so many more have been answered `success`. @throws {Stuck} */
  untilMore(count: number): Promise<void>;
  /** Brings what is under way to its `success` and sends nothing new. @throws {Stuck} */
  finish(): Promise<void>;
  stop(): void;
  figures(): Figures;
};

const connections = 16;
const amount = 1_000;
/** Every so many messages one is about a payment of ours; the others only have to be kept. */
const knownEvery = 4;
const stockAtOnce = 2_000;
/** Longer than a database needs to recover and a process to start, on a machine that has much else to do. */
const patienceMs = 180_000;

export async function startIngest(shop: Shop, { port, label }: { port: number; label: string }): Promise<Ingest> {
  const path = pathOf(shop);
  const sender = openSender(connections);
  const acknowledged = new Map<string, string>();
  const counts = { sent: 0, refused: 0, "broken off": 0 };
  let next = 0;
  let isOver = false;
  let isStopped = false;
  let lastSuccess = performance.now();
  let stocked = 0;
  let stocking: Promise<void> | null = null;

  const stock = async () => {
    const made = stockAtOnce;
    // Before the first message and in the middle of everything: the database may be away.
    for (;;) {
      if (isStopped) return;
      try {
        await stockPayments(shop, { count: made, state: "prepared", amount, label: `${label}-${stocked / made}` });
        break;
      } catch {
        await pause(100);
      }
    }
    stocked += made;
  };

  const numberOf = async (place: number): Promise<string> => {
    if (place % knownEvery !== 0) return `${label}-U-${place}`;
    const known = place / knownEvery;
    while (known >= stocked && !isStopped) {
      stocking ??= stock().finally(() => {
        stocking = null;
      });
      await stocking;
    }
    return `${label}-${Math.floor(known / stockAtOnce)}-${known % stockAtOnce}`;
  };

  const note = (heard: Heard, orderNo: string, body: string): boolean => {
    counts.sent += 1;
    if (heard.status === 200 && heard.body === "success") {
      acknowledged.set(orderNo, body);
      lastSuccess = performance.now();
      return true;
    }
    if (heard.failure === null) counts.refused += 1;
    else counts["broken off"] += 1;
    return false;
  };

  const lane = async () => {
    while (!isOver && !isStopped) {
      const orderNo = await numberOf(next++);
      const body = paidMessage(shop, orderNo, amount);
      while (!isStopped && !note(await sender.tell(port, path, body), orderNo, body)) await pause(100);
    }
  };

  const wait = async (isDone: () => boolean): Promise<void> => {
    lastSuccess = performance.now();
    while (!isDone()) {
      if (performance.now() - lastSuccess > patienceMs) {
        throw new Stuck(`no success for ${patienceMs / 1_000} s, after ${acknowledged.size}`);
      }
      await pause(2);
    }
  };

  await stock();
  const lanes = Promise.all(Array.from({ length: connections }, lane));
  let areDone = false;
  lanes.then(() => {
    areDone = true;
  });
  return {
    acknowledged,
    untilMore: (count) => {
      const goal = acknowledged.size + count;
      return wait(() => acknowledged.size >= goal);
    },
    finish: () => {
      isOver = true;
      return wait(() => areDone);
    },
    stop() {
      isStopped = true;
      sender.close();
    },
    figures: () => ({ ...counts, "answered success": acknowledged.size }),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
