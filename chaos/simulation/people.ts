import { MchOrderNo, MchRefundNo, type PaymentId, PaymentId as PaymentIdSchema, type RefundId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { askPayment } from "@/lib/payments/ask-payment";
import { cancelPayment } from "@/lib/payments/cancel-payment";
import { closePayment } from "@/lib/payments/close-payment";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import { askRefund } from "@/lib/refunds/ask-refund";
import { createRefund } from "@/lib/refunds/create-refund";
import { stopRefund } from "@/lib/refunds/stop-refund";
import type { World } from "./world";

type Plan = { mchOrderNo: MchOrderNo; amount: number };

/** Somebody makes a payment, and then he and others do with it what the day brings. */
export function sellTo(world: World, operator: Scope, at: number, index: number): void {
  const { random } = world;
  const plan = { mchOrderNo: MchOrderNo.parse(`S-${index}`), amount: 1 + random.below(20_000) };
  const input = CreatePaymentInput.parse({
    mchOrderNo: plan.mchOrderNo,
    wayCode: "WX_QR",
    amount: major(plan.amount),
    subject: "Tea",
    expiredTimeSeconds: 60 + random.below(random.chance(0.3) ? 600 : 120),
  });
  const clicks = random.chance(0.06) ? 3 : 1;
  for (let click = 0; click < clicks; click += 1) {
    person(world, "creates", at + random.below(click === 0 ? 1 : 400), () => createPayment(operator, input));
  }
  const acts = random.chance(0.6) ? 1 + random.below(4) : 0;
  for (let act = 0; act < acts; act += 1) {
    const when = at + 1_000 + random.below(random.chance(0.8) ? 700_000 : 5_000_000);
    const moves = random.pick(choices);
    moves(world, operator, plan, when, `${index}-${act}`);
  }
}

type Choice = (world: World, operator: Scope, plan: Plan, at: number, label: string) => void;

const refunds: Choice = (world, operator, plan, at, label) => {
  const amount = world.random.chance(0.3) ? plan.amount : 1 + world.random.below(plan.amount);
  refund(world, operator, plan, { at, label, amount });
};

const refundsTwiceAtOnce: Choice = (world, operator, plan, at, label) => {
  const amount = Math.ceil(plan.amount * 0.6);
  refund(world, operator, plan, { at, label: `${label}a`, amount });
  refund(world, operator, plan, { at: at + world.random.below(50), label: `${label}b`, amount });
};

const clicksRefundThrice: Choice = (world, operator, plan, at, label) => {
  const amount = 1 + world.random.below(plan.amount);
  for (let click = 0; click < 3; click += 1) refund(world, operator, plan, { at: at + click * 30, label, amount });
};

const stopsRefund: Choice = (world, operator, plan, at, label) => {
  refund(world, operator, plan, { at, label, amount: 1 + world.random.below(plan.amount) });
  person(world, "stops a refund", at + 100 + world.random.below(14_000), async () => {
    const [row] = await world.schedule.within(
      () => world.look<{ id: RefundId }[]>`select id from refunds where mch_refund_no = ${`R-${label}`}`,
    );
    return row ? stopRefund(operator, row.id) : null;
  });
};

const cancels: Choice = (world, operator, plan, at) =>
  person(
    world,
    "cancels",
    at,
    onPayment(world, plan, (id) => cancelPayment(operator, id)),
  );

const closes: Choice = (world, operator, plan, at) =>
  person(
    world,
    "closes",
    at,
    onPayment(world, plan, (id) => closePayment(operator, id)),
  );

const asks: Choice = (world, operator, plan, at) =>
  person(
    world,
    "asks",
    at,
    onPayment(world, plan, (id) => askPayment(operator, id)),
  );

const asksAboutRefund: Choice = (world, operator, plan, at) =>
  person(world, "asks about a refund", at, async () => {
    const [row] = await world.schedule.within(
      () => world.look<{ id: RefundId }[]>`
        select refunds.id from refunds join payments on payments.id = payment_id
        where mch_order_no = ${plan.mchOrderNo} order by mch_refund_no limit 1`,
    );
    return row ? askRefund(operator, row.id) : null;
  });

const choices: readonly Choice[] = [
  ...[refunds, refunds, refunds, refundsTwiceAtOnce, clicksRefundThrice, stopsRefund],
  ...[cancels, closes, asks, asksAboutRefund],
];

function refund(
  world: World,
  operator: Scope,
  plan: Plan,
  { at, label, amount }: { at: number; label: string; amount: number },
): void {
  const mchRefundNo = MchRefundNo.parse(`R-${label}`);
  const act = onPayment(world, plan, (paymentId) =>
    createRefund(operator, {
      paymentId,
      mchRefundNo,
      amount: major(amount),
      reason: "goodwill",
      note: "",
      secondLook: "",
    }),
  );
  person(world, "refunds", at, act);
}

type Act = () => Promise<Result<unknown, Problem> | null>;

function onPayment({ schedule, look }: World, { mchOrderNo }: Plan, act: (id: PaymentId) => ReturnType<Act>): Act {
  return async () => {
    const [row] = await schedule.within(
      () => look<{ id: string }[]>`select id from payments where mch_order_no = ${mchOrderNo}`,
    );
    return row ? act(PaymentIdSchema.parse(row.id)) : null;
  };
}

/** A person's click reaches a process that may die on the way. */
function person(world: World, what: string, at: number, act: Act): void {
  const { schedule, random, weather } = world;
  const diesAt = random.chance(weather.death) ? 1 + random.below(14) : null;
  const onDeath = () => world.count("deaths");
  schedule.spawn({ name: `person ${what}`, at, diesAt, onDeath }, async () => {
    world.count(`people: ${what}`);
    try {
      const result = await act();
      if (result?.ok) world.count(`people: ${what}, done`);
    } catch (error) {
      world.broken.push({ invariant: "no act throws", detail: `${what}: ${String(error)}` });
    }
  });
}

function major(amount: number): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
}
