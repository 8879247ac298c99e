import type { Figures } from "../core/campaign";
import { paidMessage, pathOf } from "../processes/messages";
import { openSender, type Trace } from "../processes/sender";
import type { Shop } from "../shop/shop";

/** Messages through several web processes: one that lets nobody in is passed over, as by a proxy in front of them. */
export type Stream = {
  acknowledged: ReadonlyMap<string, string>;
  resets: readonly Reset[];
  untilMore(count: number): Promise<void>;
  finish(): Promise<void>;
  stop(): void;
  figures(): Figures;
};

/** A request that was left without an answer although its connection was open. `port`: of the process it went to. */
export type Reset = { orderNo: string; how: string; isReused: boolean; port: number; trace: Trace };

const connections = 24;
const patienceMs = 300_000;

export function startStream(shop: Shop, { ports, label }: { ports: readonly number[]; label: string }): Stream {
  const sender = openSender(connections);
  const path = pathOf(shop);
  const acknowledged = new Map<string, string>();
  const resets: Reset[] = [];
  const counts = { "passed over": 0, refused: 0, "last of their connection": 0 };
  let next = 0;
  let isOver = false;

  const lane = async (first: number) => {
    for (let turn = first; !isOver; turn += 1) {
      const orderNo = `${label}-${next++}`;
      const body = paidMessage(shop, orderNo, 1_000);
      for (let tries = turn; !acknowledged.has(orderNo); tries += 1) {
        const port = ports[tries % ports.length] ?? 0;
        const { status, body: said, failure, isLast, isReused, trace } = await sender.tell(port, path, body);
        if (status === 200 && said === "success") acknowledged.set(orderNo, body);
        else if (failure === "ECONNREFUSED") counts["passed over"] += 1;
        else if (failure === null || trace === null) counts.refused += 1;
        else if (!isOver) resets.push({ orderNo, how: failure, isReused, port, trace });
        if (isLast && failure === null) counts["last of their connection"] += 1;
        if (failure !== null || status !== 200) await pause(5);
        if (isOver && failure !== null) return;
      }
    }
  };
  const lanes = Promise.all(Array.from({ length: connections }, (_, place) => lane(place)));
  return {
    acknowledged,
    resets,
    async untilMore(count) {
      const goal = acknowledged.size + count;
      const end = performance.now() + patienceMs;
      while (acknowledged.size < goal) {
        if (performance.now() > end) throw new Error(`only ${acknowledged.size} of ${goal} messages were taken`);
        await pause(2);
      }
    },
    async finish() {
      isOver = true;
      await lanes;
    },
    stop() {
      isOver = true;
      sender.close();
    },
    figures: () => ({ ...counts, "answered success": acknowledged.size }),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
