import { paidMessage, pathOf } from "../processes/messages";
import { type Heard, openSender } from "../processes/sender";
import type { Shop } from "../shop/shop";
import { pause } from "./outages";

/** More messages at a time than the product lets wait, each one different. */
export type Flood = {
  /** Order number and body of every message that was answered `success`. */
  acknowledged: ReadonlyMap<string, string>;
  /** Looks at what is sent from now on. */
  listen(): Listening;
  /** Milliseconds from now to the first success; infinite when there is none for two minutes. */
  nextSuccess(): Promise<number>;
  finish(): Promise<void>;
  stop(): void;
};

export type Listening = {
  /** What was sent and answered since; what is sent from now on is not looked at. */
  close(): { answers: Heard[] };
  /** What was sent before the close and answered after it. */
  latecomers(): Heard[];
};

const connections = 300;
// Still many times what any gateway sends.
const breathMs = 50;
const patienceMs = 120_000;

export function startFlood(shop: Shop, { port, label }: { port: number; label: string }): Flood {
  const sender = openSender(connections);
  const path = pathOf(shop);
  const acknowledged = new Map<string, string>();
  let listener: { answers: Heard[] } | null = null;
  let next = 0;
  let isOver = false;

  const lane = async () => {
    while (!isOver) {
      const orderNo = `${label}-${next++}`;
      const body = paidMessage(shop, orderNo, 1_000);
      const heardBy = listener;
      const heard = await sender.tell(port, path, body);
      heardBy?.answers.push(heard);
      if (heard.body === "success") acknowledged.set(orderNo, body);
      await pause(breathMs);
    }
  };
  const lanes = Promise.all(Array.from({ length: connections }, lane));
  return {
    acknowledged,
    listen() {
      const own: { answers: Heard[] } = { answers: [] };
      listener = own;
      let looked = 0;
      return {
        close() {
          listener = null;
          looked = own.answers.length;
          return { answers: own.answers.slice() };
        },
        latecomers: () => own.answers.slice(looked),
      };
    },
    async nextSuccess() {
      const began = performance.now();
      const known = acknowledged.size;
      while (performance.now() - began < patienceMs) {
        if (acknowledged.size > known) return performance.now() - began;
        await pause(5);
      }
      return Number.POSITIVE_INFINITY;
    },
    async finish() {
      isOver = true;
      await lanes;
    },
    stop() {
      isOver = true;
      sender.close();
    },
  };
}
