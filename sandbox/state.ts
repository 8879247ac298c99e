import { join } from "node:path";
import type { Fault } from "./faults";
import { type Journal, readJournal, startJournal } from "./journal";
import type { Call, Knobs, Merchant, Notification, Order, Refund } from "./records";

const initialKnobs: Knobs = { offsetMs: 0, timeLapse: 1, refundDelayMs: 0 };
const callsKept = 1000;

type Kept = {
  merchant: Merchant;
  order: Order;
  refund: Refund;
  notification: Notification;
  fault: Fault;
  knobs: Knobs;
};
type Entry =
  | { [Kind in keyof Kept]: { kind: Kind; value: Kept[Kind] } }[keyof Kept]
  | { kind: "no-fault"; value: string };

/** All that the sandbox remembers. Change a record only together with the `keep` that stores it. */
export type State = {
  merchants: Map<string, Merchant>;
  orders: Map<string, Order>;
  refunds: Map<string, Refund>;
  notifications: Map<string, Notification>;
  faults: Map<string, Fault>;
  knobs: Knobs;
  /** The last calls only; they are evidence for tests and people, not part of the business. */
  calls: Call[];
  openOrders: Set<Order>;
  openRefunds: Set<Refund>;
  /** Those that still have an attempt before them, by id. */
  openNotifications: Map<string, Notification>;
  orderByNo: Map<string, Order>;
  orderByToken: Map<string, Order>;
  refundByNo: Map<string, Refund>;
  refundsOf: Map<string, Refund[]>;
  keep<Kind extends keyof Kept>(kind: Kind, value: Kept[Kind]): void;
  dropFault(id: string): void;
  recordCall(call: Call): void;
  /** Forgets everything, the clock included; merchants only if asked. */
  clear(what: { merchants: boolean }): Promise<void>;
  /** Resolves when all changes so far are on disk; nothing may be answered before. */
  durable(): Promise<void>;
  close(): Promise<void>;
};

export async function openState(folder: string): Promise<State> {
  const path = join(folder, "journal.jsonl");
  const state = emptyState();
  for (const entry of await readJournal(path)) apply(state, writtenByUs(entry));
  let journal: Journal = await startJournal(path, snapshot(state));

  return Object.assign(state, {
    keep<Kind extends keyof Kept>(kind: Kind, value: Kept[Kind]): void {
      const entry = { kind, value } as Entry;
      apply(state, entry);
      journal.append(entry);
    },
    dropFault(id: string): void {
      const entry: Entry = { kind: "no-fault", value: id };
      apply(state, entry);
      journal.append(entry);
    },
    recordCall(call: Call): void {
      state.calls.push(call);
      if (state.calls.length > callsKept) state.calls.shift();
    },
    async clear({ merchants }: { merchants: boolean }): Promise<void> {
      const kept = merchants ? [] : [...state.merchants.values()];
      const fresh = emptyState();
      for (const merchant of kept) fresh.merchants.set(merchant.mchNo, merchant);
      Object.assign(state, fresh);
      const old = journal;
      journal = await startJournal(path, snapshot(state));
      await old.close();
    },
    durable: () => journal.flushed(),
    close: () => journal.close(),
  });
}

export function orderKey(mchNo: string, mchOrderNo: string): string {
  return JSON.stringify([mchNo, mchOrderNo]);
}

type Remembered = Omit<State, "keep" | "dropFault" | "recordCall" | "clear" | "durable" | "close">;

function emptyState(): Remembered {
  return {
    merchants: new Map(),
    orders: new Map(),
    refunds: new Map(),
    notifications: new Map(),
    faults: new Map(),
    knobs: { ...initialKnobs },
    calls: [],
    openOrders: new Set(),
    openRefunds: new Set(),
    openNotifications: new Map(),
    orderByNo: new Map(),
    orderByToken: new Map(),
    refundByNo: new Map(),
    refundsOf: new Map(),
  };
}

/** The journal has one writer, this process, so a line that parses has the shape that was written. */
function writtenByUs(entry: unknown): Entry {
  return entry as Entry;
}

function apply(state: Remembered, entry: Entry): void {
  if (entry.kind === "merchant") state.merchants.set(entry.value.mchNo, entry.value);
  else if (entry.kind === "order") applyOrder(state, entry.value);
  else if (entry.kind === "refund") applyRefund(state, entry.value);
  else if (entry.kind === "notification") applyNotification(state, entry.value);
  else if (entry.kind === "fault") state.faults.set(entry.value.id, entry.value);
  else if (entry.kind === "no-fault") state.faults.delete(entry.value);
  else state.knobs = entry.value;
}

function applyOrder(state: Remembered, order: Order): void {
  const before = state.orders.get(order.payOrderId);
  if (before) state.openOrders.delete(before);
  state.orders.set(order.payOrderId, order);
  state.orderByNo.set(orderKey(order.mchNo, order.mchOrderNo), order);
  state.orderByToken.set(order.token, order);
  if (order.state <= 1) state.openOrders.add(order);
}

function applyRefund(state: Remembered, refund: Refund): void {
  const before = state.refunds.get(refund.refundOrderId);
  if (before) state.openRefunds.delete(before);
  state.refunds.set(refund.refundOrderId, refund);
  state.refundByNo.set(orderKey(refund.mchNo, refund.mchRefundNo), refund);
  const siblings = (state.refundsOf.get(refund.payOrderId) ?? []).filter((other) => other !== before);
  state.refundsOf.set(refund.payOrderId, [...siblings.filter((other) => other !== refund), refund]);
  if (refund.state <= 1) state.openRefunds.add(refund);
}

function applyNotification(state: Remembered, notification: Notification): void {
  state.notifications.set(notification.id, notification);
  const isOpen = notification.state === "pending" || notification.state === "held";
  if (isOpen) state.openNotifications.set(notification.id, notification);
  else state.openNotifications.delete(notification.id);
}

function* snapshot(state: Remembered): Generator<Entry> {
  yield { kind: "knobs", value: state.knobs };
  for (const value of state.merchants.values()) yield { kind: "merchant", value };
  for (const value of state.orders.values()) yield { kind: "order", value };
  for (const value of state.refunds.values()) yield { kind: "refund", value };
  for (const value of state.notifications.values()) yield { kind: "notification", value };
  for (const value of state.faults.values()) yield { kind: "fault", value };
}
