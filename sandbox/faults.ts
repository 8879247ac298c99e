import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Environment } from "@/lib/domain/environment";
import type { State } from "./state";

/** Every way in which the sandbox can misbehave, with the sentence that the control page shows. */
export const faultKinds = {
  "wrong-secret": "Answers are signed with a secret that nobody has",
  "missing-sign": "Answers come without a signature",
  "swapped-environment": "Requests are judged as if they belonged to the other environment",
  "xml-answer": "Answers are XML unless the request accepts JSON (`force`: always)",
  "html-answer": "Answers are an HTML page",
  "garbage-answer": "Answers are bytes without meaning",
  "huge-answer": "Answers are `sizeBytes` long (64 MB)",
  "redirect-answer": "Answers are a redirect to `location`",
  "empty-answer": "Answers are empty, status 200",
  "status-answer": "Answers have the HTTP `status` (502)",
  "not-found": "The operation does not exist here: 404, nothing is executed",
  "not-whitelisted":
    "The caller's address is on no list: a web page with 403, nothing is executed (`force`: in the protocol's form)",
  "close-without-answer": "The channel cannot close: empty answer, the order stays open",
  declined: "Orders and refunds are accepted with code 0 and state 3",
  "system-error-after": "The order or refund is stored, then the answer is a system error",
  delay: "Answers wait `delayMs` (20 s), before or after executing (`when`)",
  "drop-connection": "The connection is cut, before or after executing (`when`)",
  "unknown-fields": "Answers and notifications carry signed fields nobody has heard of",
  "text-numbers": "Numbers in answers are JSON texts",
  "unknown-state": "Answers and notifications carry the unknown `state` (9)",
  silent: "Nobody is notified",
  "duplicate-notification": "The first notification goes out `copies` times at once (2)",
  "reorder-notifications": "A notification waits until a later one of the same payment went out",
  "notify-before-answer": "The payment is paid and notified before its order is answered",
  "forged-notification": "Notifications carry a wrong signature",
  "wrong-amount": "Notifications are signed well but name ten times the amount",
  "late-payment": "An expiring order is paid at the last moment: notified as 2, kept as 6",
  "pause-refunds": "Refunds stay in state 1",
  "fail-refund": "Refunds end in state 3",
} as const;

export type FaultKind = keyof typeof faultKinds;

export const operations = [
  "unifiedOrder",
  "query",
  "close",
  "cancel",
  "refundOrder",
  "refundQuery",
  "holdComplete",
  "holdRelease",
] as const;
export type Operation = (typeof operations)[number];

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];

/** A switch that is on. Every scope that is given must match; without any it holds for everything. */
export const FaultInput = z.strictObject({
  kind: z.enum(kinds),
  environment: Environment.optional(),
  mchNo: z.string().optional(),
  mchOrderNo: z.string().optional(),
  mchRefundNo: z.string().optional(),
  operation: z.enum(operations).optional(),
  /** How often it strikes before it switches itself off. */
  times: z.int().positive().optional(),
  /** Whether it strikes before or after the operation is executed. */
  when: z.enum(["before", "after"]).default("after"),
  delayMs: z.int().nonnegative().max(600_000).default(20_000),
  copies: z.int().min(2).max(1000).default(2),
  state: z.int().default(9),
  status: z.int().min(200).max(599).default(502),
  sizeBytes: z
    .int()
    .positive()
    .max(2 ** 32)
    .default(64 * 2 ** 20),
  location: z.string().default("/cashier/elsewhere"),
  force: z.boolean().default(false),
});
export type FaultInput = z.input<typeof FaultInput>;
export type Fault = z.infer<typeof FaultInput> & { id: string };

export type FaultScope = {
  environment: Environment | null;
  mchNo: string | null;
  mchOrderNo: string | null;
  mchRefundNo: string | null;
  operation: Operation | null;
};

export function addFault(state: State, input: unknown): Fault {
  const fault: Fault = { ...FaultInput.parse(input), id: randomUUID() };
  state.keep("fault", fault);
  return fault;
}

/** The switch of this kind that is on for this scope, counted as used; `null` if there is none. */
export function takeFault(state: State, kind: FaultKind, scope: FaultScope, when?: Fault["when"]): Fault | null {
  const fault = findFault(state, kind, scope, when);
  if (fault?.times === undefined) return fault;
  if (fault.times <= 1) state.dropFault(fault.id);
  else state.keep("fault", { ...fault, times: fault.times - 1 });
  return fault;
}

/** The same without counting it. */
export function findFault(state: State, kind: FaultKind, scope: FaultScope, when?: Fault["when"]): Fault | null {
  const isMeant = (fault: Fault) => fault.kind === kind && (when === undefined || fault.when === when);
  return faultsFor(state, scope).find(isMeant) ?? null;
}

export function faultsFor(state: State, scope: FaultScope): Fault[] {
  return [...state.faults.values()].filter((fault) => matches(fault, scope));
}

function matches(fault: Fault, scope: FaultScope): boolean {
  return (["environment", "mchNo", "mchOrderNo", "mchRefundNo", "operation"] as const).every(
    (name) => fault[name] === undefined || fault[name] === scope[name],
  );
}
