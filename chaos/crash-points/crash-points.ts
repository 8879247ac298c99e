import { spawn } from "node:child_process";
import { setHoldSeconds, setRefundLimit } from "@/db/commands/refund-control";
import { forgetCredential } from "@/lib/credentials/open-credential";
import { PaymentId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import type { Broken, Campaign, PartResult } from "../core/campaign";
import { openPretendGateway, type PretendGateway } from "../gateway/pretend-gateway";
import { serveGateway } from "../gateway/serve";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { recover } from "../shop/recover";
import { inventedSender, openShop, type Shop } from "../shop/shop";
import { clearShop, paidOrder, stockPayments } from "../shop/stock";
import { type Act, perform } from "./acts";
import { doAndDie } from "./doomed";

type Stage = {
  shop: Shop;
  operator: Scope;
  approver: Scope;
  gateway: PretendGateway;
  loseNext: (path: string) => void;
};

/** A flow that moves money: what it finds in place, and the act that is crashed. */
const flows: Readonly<Record<string, (stage: Stage, label: string) => Promise<Act>>> = {
  create: async (_, label) => ({ kind: "create", mchOrderNo: label }),
  "refund a part": async (stage, label) => refundOf(await paid(stage, label), label, "4.00"),
  "refund everything": async (stage, label) => refundOf(await paid(stage, label), label, "10.00"),
  cancel: async (stage, label) => ({ kind: "cancel", paymentId: await paid(stage, label) }),
  "send a refund again": async (stage, label) => {
    stage.loseNext("/api/refund/refundOrder");
    await perform(stage.operator, refundOf(await paid(stage, label), label, "4.00"));
    const [row] = await stage.shop.sql<{ id: string }[]>`
      update refunds set sent_at = sent_at - interval '5 minutes' where mch_refund_no = ${`${label}-R`} returning id`;
    return { kind: "ask refund", refundId: row?.id ?? "" };
  },
  "approve a refund": async (stage, label) => {
    const { sql } = stage.shop;
    const paymentId = await paid(stage, label);
    await setRefundLimit(sql, "test", { role: "operator", currency: "HKD", perRefund: 100, perDay: null });
    await perform(stage.operator, refundOf(paymentId, label, "4.00"));
    await setRefundLimit(sql, "test", { role: "operator", currency: "HKD", perRefund: null, perDay: null });
    const [row] = await sql<{ id: string }[]>`select id from refund_requests where payment_id = ${paymentId}`;
    return { kind: "approve", requestId: row?.id ?? "" };
  },
  "stop a refund": async (stage, label) => {
    const { sql } = stage.shop;
    await setHoldSeconds(sql, "test", 10);
    await perform(stage.operator, refundOf(await paid(stage, label), label, "4.00"));
    await setHoldSeconds(sql, "test", 0);
    const [row] = await sql<{ id: string }[]>`select id from refunds where mch_refund_no = ${`${label}-R`}`;
    return { kind: "stop", refundId: row?.id ?? "" };
  },
  // What these find is asked about less and less often, so their recovery takes longest.
  close: async (stage, label) => ({ kind: "close", paymentId: await waiting(stage, label) }),
  "ask about a payment": async (stage, label) => {
    const paymentId = await waiting(stage, label);
    stage.gateway.pay(label);
    return { kind: "ask", paymentId };
  },
};

const names = Object.keys(flows);

/** Nothing of ours is open in these: the news waits at the gateway until the next usual question. */
const quiet = ["close", "ask about a payment"];

/** Each unit is one flow, ended at every one of its steps: first as a flow that vanishes, then as a killed process. */
export const crashPoints: Campaign = {
  name: "crash-points",
  about: "the process ends before and after every statement and request of every flow, and recovery finishes it (R9)",
  unit: "flows",
  usualCount: names.length * 2,
  partSize: 1,
  async open({ serverUrl }) {
    let lost: string | null = null;
    let gateway: PretendGateway | null = null;
    const served = await serveGateway((path, body) => {
      const isLost = path === lost;
      if (isLost) lost = null;
      return isLost ? null : (gateway?.answer(path, body) ?? null);
    });
    const shop = await openShop(serverUrl, { sender: { ...inventedSender, baseUrl: served.url } });
    log.level = "silent";
    const operator = await shop.scopeOf("operator");
    const approver = await shop.scopeOf("operator");
    return {
      async runPart({ index }) {
        await clearShop(shop.sql);
        const { mchNo, appId, secret } = shop.sender;
        const settings = { secret, mchNo, appId, now: () => Date.now(), tell: () => {} };
        gateway = openPretendGateway({ ...settings, refundStart: () => "succeed" });
        const loseNext = (path: string) => {
          lost = path;
        };
        const name = names[index % names.length] ?? "";
        return crashEverywhere({ shop, operator, approver, gateway, loseNext }, name, {
          isKilled: index >= names.length,
        });
      },
      close: async () => {
        await shop.close();
        await served.stop();
      },
    };
  },
};

async function crashEverywhere(stage: Stage, name: string, { isKilled }: { isKilled: boolean }): Promise<PartResult> {
  const prepare = flows[name];
  if (!prepare) throw new RangeError(`There is no flow ${name}.`);
  const { databaseUrl } = stage.shop;
  const broken: Broken[] = [];
  const operator = name.startsWith("approve") ? stage.approver : stage.operator;
  const alive = { databaseUrl, act: await prepare(stage, "alive"), operator, die: () => {} };
  // A new process has read no credential yet.
  forgetCredential(stage.shop.credentialId);
  const steps = await doAndDie({ ...alive, step: Number.POSITIVE_INFINITY });
  forgetCredential(stage.shop.credentialId);
  for (let step = 1; step <= Number(steps); step += 1) {
    const doom = { databaseUrl, act: await prepare(stage, `step-${step}`), operator, step };
    forgetCredential(stage.shop.credentialId);
    if (isKilled) await runAndKill(doom);
    else if ((await doAndDie({ ...doom, die: () => {} })) !== "dead") {
      broken.push({ invariant: "a flow takes the same steps every time", detail: `${name} ended before step ${step}` });
    }
    // A flow that vanished while it read the credential would keep others of this process waiting for it.
    forgetCredential(stage.shop.credentialId);
  }
  await recover(stage.shop, { atLeast: quiet.includes(name) ? 40 : 2 });
  const judged = [
    ...(await leftOpen(stage)),
    ...(await brokenInvariants(stage.shop.sql)),
    ...(await compareBooks(stage.shop.sql, stage.gateway.book)),
  ].map(({ invariant, detail }) => ({ invariant, detail: `${name}: ${detail}` }));
  const figures = { flows: 1, [isKilled ? "processes killed" : "flows that vanished"]: Number(steps) };
  return { figures, broken: [...broken, ...judged] };
}

function runAndKill(doom: { databaseUrl: string; act: Act; operator: Scope; step: number }): Promise<void> {
  const program = ["--import", "tsx", "chaos/crash-points/victim.ts", JSON.stringify(doom)];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (_, signal) => {
      if (signal === "SIGKILL") resolve();
      else reject(new Error(`The victim of step ${doom.step} ended by itself.`));
    });
  });
}

async function leftOpen({ shop }: Stage): Promise<Broken[]> {
  const rows = await shop.sql`
    select mch_order_no as what, state from payments where state in ('prepared', 'unclear')
    union all select mch_refund_no, state from refunds where state in ('prepared', 'sent', 'unclear', 'pending')
    union all select payment_id::text, state from cancels where state = 'sent'`;
  return rows.length === 0
    ? []
    : [{ invariant: "recovery finishes everything", detail: JSON.stringify(rows.slice(0, 3)) }];
}

function refundOf(paymentId: string, label: string, amount: string): Act {
  return { kind: "refund", paymentId, mchRefundNo: `${label}-R`, amount };
}

async function waiting({ operator, shop }: Stage, label: string): Promise<string> {
  await perform(operator, { kind: "create", mchOrderNo: label });
  const [row] = await shop.sql<{ id: string }[]>`select id from payments where mch_order_no = ${label}`;
  return PaymentId.parse(row?.id);
}

async function paid({ shop, gateway }: Stage, label: string): Promise<string> {
  const [payment] = await stockPayments(shop, { count: 1, state: "paid", amount: 1_000, label });
  if (!payment) throw new Error("Nothing was stocked.");
  gateway.book.orders.set(label, { ...paidOrder(payment), mchOrderNo: label });
  await shop.sql`update payments set mch_order_no = ${label} where id = ${payment.id}`;
  return payment.id;
}
