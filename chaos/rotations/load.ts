import { MchOrderNo } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import type { Broken } from "../core/campaign";
import type { Random } from "../core/random";
import type { Message } from "../gateway/book";
import type { Shop } from "../shop/shop";
import type { KeyedGateway } from "./keyed-gateway";

export type Load = {
  shop: Shop;
  operator: Scope;
  gateway: KeyedGateway;
  random: Random;
  label: string;
  calls: number;
};

/** Something that is done when so many calls have been made, one after another, while some more calls are made. */
export type Moment = { after: number; act: () => Promise<void> };

export type LoadDone = {
  delivered: number;
  /** Some of the messages from before the gateway changed its key. */
  oldMessages: Message[];
  broken: Broken[];
};

const callers = 6;
const messengers = 6;
const keptOld = 10;

/** Returns the number under which an order was asked for. */
export async function order({ operator, label }: Pick<Load, "operator" | "label">, name: number | "first") {
  const mchOrderNo = MchOrderNo.parse(`${label}-${name}`);
  const typed = { mchOrderNo, wayCode: "WX_QR", amount: "10.00", subject: "Tea" };
  const created = await createPayment(operator, CreatePaymentInput.parse(typed));
  if (!created.ok) throw new Error(created.error.message);
  return mchOrderNo;
}

/** Orders are made and paid, and each message comes many times, late and out of order, while moments pass. */
export async function runLoad(
  { gateway, operator, random, label, calls, deliveriesEach }: Load & { deliveriesEach: number },
  moments: readonly Moment[],
): Promise<LoadDone> {
  const waiting: { message: Message; left: number }[] = [];
  const oldMessages: Message[] = [];
  const problems: Broken[] = [];
  let [begun, made, delivered, isCalling] = [0, 0, 0, true];

  let [moment, mostBegun] = [Promise.resolve(), Number.POSITIVE_INFINITY];
  const begin = (act: () => Promise<void>) => {
    mostBegun = begun + callers;
    moment = moment.then(act).finally(() => {
      mostBegun = Number.POSITIVE_INFINITY;
    });
  };

  const call = async () => {
    while (begun < calls) {
      // Else a slow moment would find that there is nothing left to happen during it.
      if (begun >= mostBegun) await moment;
      begun += 1;
      const mchOrderNo = await order({ operator, label }, begun);
      if (!gateway.book.orders.has(mchOrderNo)) {
        problems.push({ invariant: "no call fails while a key is rotated", detail: `${mchOrderNo} never arrived` });
        continue;
      }
      const messages = gateway.pay(mchOrderNo);
      waiting.push(...messages.map((message) => ({ message, left: deliveriesEach })));
      if (oldMessages.length < keptOld) oldMessages.push(...messages);
      made += 1;
      for (const { act } of moments.filter(({ after }) => after === made)) begin(act);
    }
  };
  const carry = async () => {
    while (isCalling || waiting.length > 0) {
      const [taken] = waiting.splice(Math.floor(random.next() * waiting.length), 1);
      if (!taken) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      if (taken.left > 1) waiting.push({ ...taken, left: taken.left - 1 });
      delivered += 1;
      if (await gateway.deliver(taken.message)) continue;
      problems.push({ invariant: "nothing genuine is refused in the overlap", detail: taken.message.number });
    }
  };
  const calling = Promise.all(Array.from({ length: callers }, call)).finally(() => {
    isCalling = false;
  });
  await Promise.all([calling.then(() => moment), ...Array.from({ length: messengers }, carry)]);
  return { delivered, oldMessages, broken: problems.slice(0, 3) };
}
