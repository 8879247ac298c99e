import { MchOrderNo, MchRefundNo, PaymentId, RefundId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { askRefund } from "@/lib/refunds/ask-refund";
import { createRefund } from "@/lib/refunds/create-refund";
import { payOrder } from "@/sandbox/payments";
import { settleRefund } from "@/sandbox/refunds";
import type { SandboxedShop } from "../shop/sandboxed-shop";
import { beImpatientOnce, withOwnPatience } from "./deadline";
import type { Spoiler } from "./spoiler";
import type { Spoil } from "./spoils";

export const operations = ["create", "refund", "query", "close", "cancel", "refund query"] as const;
export type Operation = (typeof operations)[number];

/** One fault at one operation, before or after it is executed. */
export type Cell = { operation: Operation; spoil: Spoil; isExecuted: boolean };

export type Scene = { shop: SandboxedShop; spoiler: Spoiler; operator: Scope };

/** Where the faulty operation left the object, and where it must be once everything has been asked. */
export type CellCheck = {
  label: string;
  /** Right after the fault, when the console cannot know. */
  atOnce: { is: string; mayBe: readonly string[] };
  atLast: () => Promise<{ is: string; mayBe: readonly string[] }>;
};

/** Goes through one cell up to the fault. The label names it and is unique. */
export async function enter(scene: Scene, cell: Cell, label: string): Promise<CellCheck> {
  const { operation, spoil, isExecuted } = cell;
  const number = operation.startsWith("refund") ? `${label}-R` : label;
  const fault = () => {
    scene.spoiler.spoil({ path: paths[operation], number, spoil, isExecuted, times: 1 });
    if (spoil.isSlow) beImpatientOnce();
  };
  const check = await withOwnPatience(() => acts[operation](scene, cell, label, fault));
  return { ...check, label: `${operation}, ${spoil.name}, ${isExecuted ? "after" : "before"} executing` };
}

const paths: Readonly<Record<Operation, string>> = {
  create: "/api/pay/unifiedOrder",
  refund: "/api/refund/refundOrder",
  query: "/api/pay/query",
  close: "/api/pay/close",
  cancel: "/api/pay/cancel",
  "refund query": "/api/refund/query",
};

type Act = (scene: Scene, cell: Cell, label: string, fault: () => void) => Promise<Omit<CellCheck, "label">>;

const acts: Readonly<Record<Operation, Act>> = {
  create: async (scene, { isExecuted, spoil }, label, fault) => {
    fault();
    const id = await create(scene, label);
    // A harmless spoil leaves a readable answer when there is one.
    const atOnce = spoil.isHarmless && isExecuted ? ["waiting"] : ["unclear"];
    return {
      atOnce: { is: await paymentState(scene, id), mayBe: atOnce },
      atLast: async () => ({ is: await paymentState(scene, id), mayBe: isExecuted ? ["waiting"] : ["refused"] }),
    };
  },
  refund: async (scene, { isExecuted, spoil }, label, fault) => {
    const id = await paidPayment(scene, label);
    fault();
    const refundId = await refund(scene, id, label, "4.00");
    const second = await createRefund(scene.operator, refundInput(id, `${label}-S`, "1.00"));
    const atOnce = spoil.isHarmless && isExecuted ? ["succeeded"] : ["unclear"];
    const is = await refundState(scene, refundId);
    // While it is not known whether the first happened nobody may start another one.
    const isBlocked = is === "succeeded" || (!second.ok && second.error.kind === "one-unclear");
    return {
      atOnce: { is: isBlocked ? is : `${is}, and another one was sent`, mayBe: atOnce },
      atLast: async () => ({ is: await refundState(scene, refundId), mayBe: ["succeeded"] }),
    };
  },
  query: async (scene, { spoil, isExecuted }, label, fault) => {
    const id = await create(scene, label);
    pay(scene, label);
    fault();
    await askPayment(scene.operator, id);
    const atOnce = spoil.isHarmless && isExecuted ? ["paid"] : ["waiting"];
    return {
      atOnce: { is: await paymentState(scene, id), mayBe: atOnce },
      atLast: async () => {
        await askPayment(scene.operator, id);
        return { is: await paymentState(scene, id), mayBe: ["paid"] };
      },
    };
  },
  close: async (scene, { isExecuted }, label, fault) => {
    const id = await create(scene, label);
    fault();
    await closePayment(scene.operator, id);
    // A close asks about the order by itself, so that the fault is over at once.
    const mayBe = isExecuted ? ["closed"] : ["waiting"];
    return {
      atOnce: { is: await paymentState(scene, id), mayBe },
      atLast: async () => ({ is: await paymentState(scene, id), mayBe }),
    };
  },
  cancel: async (scene, { isExecuted }, label, fault) => {
    const id = await paidPayment(scene, label);
    fault();
    await cancelPayment(scene.operator, id);
    const mayBe = isExecuted ? ["cancelled, succeeded"] : ["paid, sent"];
    return {
      atOnce: { is: await cancelState(scene, id), mayBe },
      atLast: async () => ({
        is: await cancelState(scene, id),
        mayBe: isExecuted ? mayBe : ["paid, failed"],
      }),
    };
  },
  "refund query": async (scene, { spoil, isExecuted }, label, fault) => {
    const id = await paidPayment(scene, label);
    // Its start is lost, so that only questions can tell.
    scene.spoiler.spoil({ path: paths.refund, number: `${label}-R`, spoil: lost, isExecuted: true, times: 1 });
    const refundId = await refund(scene, id, label, "4.00");
    fault();
    await askRefund(scene.operator, refundId);
    const atOnce = spoil.isHarmless && isExecuted ? ["succeeded"] : ["unclear"];
    return {
      atOnce: { is: await refundState(scene, refundId), mayBe: atOnce },
      atLast: async () => ({ is: await refundState(scene, refundId), mayBe: ["succeeded"] }),
    };
  },
};

const lost: Spoil = { name: "lost", make: () => ({ kind: "reset" }) };

async function create({ operator }: Scene, label: string): Promise<PaymentId> {
  const input = CreatePaymentInput.parse({
    mchOrderNo: MchOrderNo.parse(label),
    wayCode: "WX_QR",
    amount: "10.00",
    subject: "Tea",
    expiredTimeSeconds: 86_400,
  });
  const created = await createPayment(operator, input);
  if (!created.ok) throw new Error(`${label}: ${created.error.message}`);
  return PaymentId.parse(created.value);
}

function pay({ shop }: Scene, label: string): void {
  const { gateway } = shop.sandbox;
  const order = [...gateway.state.orders.values()].find(({ mchOrderNo }) => mchOrderNo === label);
  if (!order || !payOrder(gateway, order).ok) throw new Error(`${label} cannot be paid at the sandbox.`);
}

async function paidPayment(scene: Scene, label: string): Promise<PaymentId> {
  const id = await create(scene, label);
  pay(scene, label);
  await askPayment(scene.operator, id);
  return id;
}

async function refund({ operator }: Scene, paymentId: PaymentId, label: string, amount: string): Promise<RefundId> {
  const made = await createRefund(operator, refundInput(paymentId, `${label}-R`, amount));
  if (!made.ok) throw new Error(`${label}: ${made.error.message}`);
  return RefundId.parse(made.value.id);
}

function refundInput(paymentId: PaymentId, number: string, amount: string) {
  return { paymentId, mchRefundNo: MchRefundNo.parse(number), amount, reason: "goodwill", note: "", secondLook: "" };
}

async function paymentState({ shop }: Scene, id: PaymentId): Promise<string> {
  const [row] = await shop.sql<{ state: string }[]>`select state from payments where id = ${id}`;
  return row?.state ?? "gone";
}

async function refundState({ shop }: Scene, id: RefundId): Promise<string> {
  const [row] = await shop.sql<{ state: string }[]>`select state from refunds where id = ${id}`;
  return row?.state ?? "gone";
}

async function cancelState(scene: Scene, id: PaymentId): Promise<string> {
  const [row] = await scene.shop.sql<{ state: string }[]>`select state from cancels where payment_id = ${id}`;
  return `${await paymentState(scene, id)}, ${row?.state ?? "no cancel"}`;
}

/** Ends refunds that the sandbox still has under way. */
export function settleAll({ shop }: Scene): void {
  for (const refund of [...shop.sandbox.gateway.state.openRefunds])
    settleRefund(shop.sandbox.gateway, refund, "succeed");
}
