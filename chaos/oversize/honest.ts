import { paidMessage, pathOf } from "../processes/messages";
import { openSender } from "../processes/sender";
import type { Shop } from "../shop/shop";

/** The gateway's own messages, at an even pace, each one different. */
export type HonestTraffic = {
  /** For so long without a pause, so that heap and connections are as they are in the middle of a day. */
  hurry(seconds: number): Promise<void>;
  /** What is answered from now on. */
  listen(): Listening;
  finish(): Promise<void>;
};

export type Listening = { close(): Window };

/** How long each answer took, in milliseconds, and every answer that was no success. */
export type Window = { tookMs: number[]; refusals: string[] };

const lanes = 4;
const breathMs = 20;

/** @param plan  `acknowledged`: where order number and body of every message are noted that was answered `success` */
export function startHonestTraffic(
  shop: Shop,
  { port, label, acknowledged }: { port: number; label: string; acknowledged: Map<string, string> },
): HonestTraffic {
  const sender = openSender(lanes);
  const path = pathOf(shop);
  let heard: Window | null = null;
  let next = 0;
  let isOver = false;
  let breath = breathMs;
  const lane = async () => {
    while (!isOver) {
      const orderNo = `${label}-${next++}`;
      const body = paidMessage(shop, orderNo, 1_000);
      const hearing = heard;
      const { status, body: said, failure, tookMs } = await sender.tell(port, path, body);
      const isTaken = status === 200 && said === "success";
      if (isTaken) acknowledged.set(orderNo, body);
      else hearing?.refusals.push(failure ?? `${status} ${said}`);
      hearing?.tookMs.push(tookMs);
      if (breath > 0) await pause(breath);
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, lane));
  return {
    async hurry(seconds) {
      breath = 0;
      await pause(seconds * 1_000);
      breath = breathMs;
    },
    listen() {
      const own: Window = { tookMs: [], refusals: [] };
      heard = own;
      return {
        close() {
          if (heard === own) heard = null;
          return own;
        },
      };
    },
    async finish() {
      isOver = true;
      await all;
      sender.close();
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
