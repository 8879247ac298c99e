import { saveHoldRules } from "@/db/commands/holds";
import { noHoldRules } from "@/lib/domain/holds";
import { PaymentId } from "@/lib/domain/ids";
import { sign } from "@/lib/gateway/signature";
import type { Broken } from "../core/campaign";
import type { PretendGateway } from "../gateway/pretend-gateway";
import type { Shop } from "../shop/shop";
import { perform } from "./acts";
import type { Flow, Stage } from "./flows";

/** Invented: nobody has published how a gateway takes these. What is completed is paid there, what is released cancelled. */
const completePath = "/api/invented/take";
const releasePath = "/api/invented/free";
const heldState = 21;
const endStates: Readonly<Record<string, number>> = { [completePath]: 2, [releasePath]: 4 };

export const holdFlows: Readonly<Record<string, Flow>> = {
  "complete a hold": {
    prepare: async (stage, label) => ({
      kind: "complete hold",
      paymentId: await held(stage, label),
      number: numberOf(label),
    }),
    againMayBe: [],
    // What the gateway never heard of is given up after a while.
    quietHops: 20,
    judge,
  },
  "release a hold": {
    prepare: async (stage, label) => ({
      kind: "release hold",
      paymentId: await held(stage, label),
      number: numberOf(label),
    }),
    againMayBe: [],
    quietHops: 20,
    judge,
  },
};

/** The gateway's answer to what the pretend gateway does not know; `null` for every other path. */
export function answerHoldAct(gateway: PretendGateway, secret: string, path: string, body: string): string | null {
  const end = endStates[path];
  if (end === undefined) return null;
  const { holdOrderNo } = JSON.parse(body) as { holdOrderNo: string };
  const order = gateway.book.orders.get(holdOrderNo);
  if (order?.state !== heldState) return JSON.stringify({ code: 9999, msg: "订单状态不正确" });
  order.state = end;
  const { mchOrderNo, payOrderId, state, amount, currency } = order;
  const data = { mchOrderNo, payOrderId, state, amount, currency };
  return JSON.stringify({ code: 0, msg: "SUCCESS", data, sign: sign(data, secret) });
}

/** Each hold stands where it stands at the gateway, and so does what was done with it. */
async function judge({ shop, gateway }: Stage): Promise<Broken[]> {
  const rows = await shop.sql<{ number: string; state: string; acts: string[] }[]>`
    select mch_order_no as number, payments.state, array_agg(hold_acts.state order by hold_acts.created_at) as acts
    from payments left join hold_acts on hold_acts.payment_id = payments.id
    where payments.held_amount is not null group by mch_order_no, payments.state`;
  const odd = rows.filter(({ number, state, acts }) => {
    const there = gateway.book.orders.get(number)?.state;
    const isStanding = state === "held" && there === heldState && acts.join() === "failed";
    const isEnded =
      state === (there === 2 ? "paid" : "cancelled") && there !== heldState && acts.join() === "succeeded";
    return !isStanding && !isEnded;
  });
  if (odd.length === 0) return [];
  return [{ invariant: "a hold is where the gateway says", detail: JSON.stringify(odd.slice(0, 3)) }];
}

async function held(stage: Stage, label: string): Promise<string> {
  const { shop, gateway, operator } = stage;
  await enterRules(shop);
  await perform(operator, { kind: "create", mchOrderNo: label, hold: "1" });
  const order = gateway.book.orders.get(label);
  if (!order) throw new Error(`${label} is not at the gateway.`);
  order.state = heldState;
  const [row] = await shop.sql<{ id: string }[]>`select id from payments where mch_order_no = ${label}`;
  const paymentId = PaymentId.parse(row?.id);
  await perform(operator, { kind: "ask", paymentId });
  return paymentId;
}

async function enterRules({ sql, merchantId, credentialId }: Shop): Promise<void> {
  const operation = {
    orderField: "holdOrderNo",
    orderNumber: "ours",
    amountField: null,
    numberField: "holdActNo",
  } as const;
  const of = (path: string) => ({ ...operation, path, doneState: endStates[path] ?? null, isPartAllowed: false });
  const rules = { ...noHoldRules, heldState, complete: of(completePath), release: of(releasePath) };
  await saveHoldRules(sql, { merchantId, credentialId, rules, actor: "script" });
}

function numberOf(label: string): string {
  return `${label}-H`;
}
