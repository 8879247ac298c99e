import { z } from "zod";
import { NoSuchRecord } from "./control-problems";
import type { Gateway } from "./gateway";
import { releaseHeld } from "./notifier";
import type { Knobs } from "./records";
import { seedMerchants } from "./seed";

const ClockChange = z.union([z.strictObject({ offsetMs: z.int() }), z.strictObject({ advanceMs: z.int() })]);

const HoldPath = z.string().regex(/^\/[^?#]+$/);
const FieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/);

/** How completions and releases of holds are taken here; `{ none: true }` for not at all. */
export const HoldsInput = z.union([
  z.strictObject({ none: z.literal(true) }).transform(() => null),
  z.strictObject({
    completePath: HoldPath,
    releasePath: HoldPath,
    orderField: FieldName,
    amountField: FieldName.nullable().default(null),
    numberField: FieldName.nullable().default(null),
    completedState: z.int().min(0),
    releasedState: z.int().min(0),
    isPartAllowed: z.boolean().default(false),
  }),
]);

export function keepKnobs(gateway: Gateway, change: Partial<Knobs>): Knobs & { now: number } {
  const knobs = { ...gateway.state.knobs, ...change };
  gateway.state.keep("knobs", knobs);
  gateway.wake();
  return { ...knobs, now: gateway.now() };
}

export function changeClock(gateway: Gateway, input: unknown): Knobs & { now: number } {
  const change = ClockChange.parse(input);
  const offsetMs = "offsetMs" in change ? change.offsetMs : gateway.state.knobs.offsetMs + change.advanceMs;
  return keepKnobs(gateway, { offsetMs });
}

/** Waits that have begun shrink or grow with the new factor. */
export function changeTimeLapse(gateway: Gateway, factor: number): Knobs & { now: number } {
  const { state } = gateway;
  const now = gateway.now();
  const moved = (at: number) => now + Math.max(0, at - now) * (state.knobs.timeLapse / factor);
  for (const notification of [...state.openNotifications.values()]) {
    if (notification.nextAttemptAt === null || gateway.deliveries.has(notification.id)) continue;
    state.keep("notification", { ...notification, nextAttemptAt: moved(notification.nextAttemptAt) });
  }
  for (const refund of [...state.openRefunds]) {
    if (refund.settleAt !== null) state.keep("refund", { ...refund, settleAt: moved(refund.settleAt) });
  }
  for (const order of [...state.openOrders]) {
    if (order.settleAt !== null) state.keep("order", { ...order, settleAt: moved(order.settleAt) });
  }
  return keepKnobs(gateway, { timeLapse: factor });
}

/** Switches one fault or all of them off; whatever they held back goes on. */
export function clearFaults(gateway: Gateway, id: string | null): { cleared: number } {
  const { state } = gateway;
  if (id !== null && !state.faults.has(id)) throw new NoSuchRecord(`No switch ${id} is on.`);
  const cleared = id === null ? [...state.faults.keys()] : [id];
  for (const one of cleared) state.dropFault(one);
  const isReordering = [...state.faults.values()].some(({ kind }) => kind === "reorder-notifications");
  if (!isReordering) releaseHeld(gateway, () => true);
  gateway.wake();
  return { cleared: cleared.length };
}

export async function reset(gateway: Gateway, { merchants }: { merchants: boolean }): Promise<{ status: "reset" }> {
  await gateway.state.clear({ merchants });
  if (merchants) seedMerchants(gateway.state);
  gateway.wake();
  return { status: "reset" };
}
