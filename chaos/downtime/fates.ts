import type { Random } from "../core/random";

/** What the gateway will do with an order while nobody of ours is there to hear of it. */
export type Fate = "is paid" | "is declined" | "expires" | "refund succeeds" | "refund fails";

/** A payment before its end: what will happen to it, and in which half minute of the downtime. */
export type Destiny = {
  mchOrderNo: string;
  fate: Fate;
  tick: number;
  /** As typed; everything or a part. */
  refund: string;
  /** The console went down in the middle of making it and never read the answer. */
  isUnanswered: boolean;
};

export const tickMs = 30_000;
export const ticksOfDowntime = 120;
/** What happens later than that would still be told after the console is back (gateway-protocol 6.6). */
const ticksOfChanges = 100;

export function drawDestiny(random: Random, mchOrderNo: string, { mayBeUnanswered }: { mayBeUnanswered: boolean }) {
  const draw = random.next();
  const fate: Fate =
    draw < 0.6
      ? "is paid"
      : draw < 0.72
        ? "is declined"
        : draw < 0.82
          ? "expires"
          : draw < 0.95
            ? "refund succeeds"
            : "refund fails";
  // Making the orders takes a while too, and none may expire before the downtime.
  const first = fate === "expires" ? 20 : 0;
  const tick = first + random.below(ticksOfChanges - first);
  const refund = random.pick(["10.00", "4.00"]);
  const isUnanswered = mayBeUnanswered && fate === "is paid" && random.chance(0.2);
  return { mchOrderNo, fate, tick, refund, isUnanswered } satisfies Destiny;
}

export function hasRefund({ fate }: Destiny): boolean {
  return fate === "refund succeeds" || fate === "refund fails";
}
