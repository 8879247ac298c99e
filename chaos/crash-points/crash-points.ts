import { spawn } from "node:child_process";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { forgetCredential } from "@/lib/credentials/open-credential";
import type { Scope } from "@/lib/domain/viewer";
import { log } from "@/lib/log/log";
import type { Broken, Campaign, PartResult } from "../core/campaign";
import { openPretendGateway, type PretendGateway } from "../gateway/pretend-gateway";
import { serveGateway } from "../gateway/serve";
import { compareBooks } from "../oracle/compare-books";
import { brokenInvariants } from "../oracle/invariants";
import { recover } from "../shop/recover";
import { inventedSender, openShop, type Shop } from "../shop/shop";
import { clearShop } from "../shop/stock";
import { type Act, perform, refusalOf } from "./acts";
import { doAndDie } from "./doomed";
import { type Flow, flows, type Stage } from "./flows";
import { answerHoldAct } from "./hold-flows";

const names = Object.keys(flows);

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
      if (isLost || gateway === null) return null;
      return answerHoldAct(gateway, inventedSender.secret, path, body) ?? gateway.answer(path, body);
    });
    const shop = await openShop(serverUrl, { sender: { ...inventedSender, baseUrl: served.url } });
    log.level = "silent";
    const operator = await shop.scopeOf("operator");
    const approver = await shop.scopeOf("operator");
    return {
      async runPart({ index }) {
        await beginAnew(shop);
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

async function beginAnew({ sql, credentialId }: Shop): Promise<void> {
  await clearShop(sql);
  await sql`truncate refund_plans, refund_limits, refund_days, hold_rules cascade`;
  await setHoldSeconds(sql, "test", 0);
  await sql`delete from credential_secrets where credential_id <> ${credentialId}`;
  await sql`delete from credentials where id <> ${credentialId}`;
}

async function crashEverywhere(stage: Stage, name: string, { isKilled }: { isKilled: boolean }): Promise<PartResult> {
  const flow = flows[name];
  if (!flow) throw new RangeError(`There is no flow ${name}.`);
  const { databaseUrl } = stage.shop;
  const broken: Broken[] = [];
  const operator = flow.by === undefined ? stage.operator : stage.approver;
  const whole = await flow.prepare(stage, "alive");
  const acts = [whole];
  const doom = { databaseUrl, operator, die: () => {} };
  // A new process has read no credential yet.
  forgetCredential(stage.shop.credentialId);
  const lived = await doAndDie({ ...doom, act: whole, step: Number.POSITIVE_INFINITY });
  if (lived === "dead" || refusalOf(lived.result) !== null) {
    throw new Error(`${name} does not happen even without a crash: ${JSON.stringify(lived)}`);
  }
  for (let step = 1; step <= lived.steps; step += 1) {
    const act = await flow.prepare(stage, `step-${step}`);
    acts.push(act);
    forgetCredential(stage.shop.credentialId);
    if (isKilled) await runAndKill({ databaseUrl, operator, act, step });
    else if ((await doAndDie({ ...doom, act, step })) !== "dead") {
      broken.push({ invariant: "a flow takes the same steps every time", detail: `ended before step ${step}` });
    }
    // A flow that vanished while it read the credential would keep others of this process waiting for it.
    forgetCredential(stage.shop.credentialId);
  }
  await recoverFrom(stage, flow);
  broken.push(...(await leftOpen(stage)), ...(await askAgain(operator, flow, acts)));
  await recoverFrom(stage, flow);
  broken.push(
    ...((await flow.judge?.(stage, acts)) ?? []),
    ...(await leftOpen(stage)),
    ...(await brokenInvariants(stage.shop.sql)),
    ...(await compareBooks(stage.shop.sql, stage.gateway.book)),
  );
  return {
    figures: { flows: 1, [isKilled ? "processes killed" : "flows that vanished"]: lived.steps },
    broken: broken.map(({ invariant, detail }) => ({ invariant, detail: `${name}: ${detail}` })),
  };
}

async function recoverFrom(stage: Stage, { quietHops, goOn }: Flow): Promise<void> {
  await recover(stage.shop, { atLeast: quietHops ?? 2 });
  if (!goOn) return;
  await goOn(stage);
  await recover(stage.shop);
}

/** Whoever saw the crash comes back and asks for the same once more: it is done now, or known to be done. */
async function askAgain(operator: Scope, { againMayBe }: Flow, acts: readonly Act[]): Promise<Broken[]> {
  const odd: string[] = [];
  for (const [step, act] of acts.entries()) {
    const refusal = refusalOf(await perform(operator, act));
    if (refusal !== null && !againMayBe.includes(refusal)) odd.push(`after step ${step}: ${refusal}`);
  }
  if (odd.length === 0) return [];
  return [
    { invariant: "what was asked for before a crash can be asked for again", detail: odd.slice(0, 3).join("; ") },
  ];
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
