import { announceChange } from "@/db/announce";
import { sqlClient } from "@/db/client";
import {
  type ClaimedPlan,
  claimDuePlans,
  finishPlan,
  isGatewaySilent,
  readMaker,
  readNextLine,
  releasePlan,
} from "@/db/commands/refund-plan-run";
import { pausePlan } from "@/db/commands/refund-plans";
import { formatMoney } from "@/lib/domain/money";
import { mostUnclearInARow } from "@/lib/domain/refund-plan";
import { Role, roleMay } from "@/lib/domain/roles";
import { log } from "@/lib/log/log";
import { runLine } from "./run-line";

/**
 * Claims plans whose time has come and runs a few lines of each, one after the other, several plans at once. Any number
 * of workers may do this.
 *
 * @returns how many plans were claimed, so that the caller knows whether more may be waiting
 */
export async function runDuePlans({ plans, linesEach }: { plans: number; linesEach: number }): Promise<number> {
  const claimed = await claimDuePlans(sqlClient(), plans);
  await Promise.all(claimed.map((plan) => runLines(plan, linesEach)));
  return claimed.length;
}

async function runLines(plan: ClaimedPlan, most: number): Promise<void> {
  try {
    for (let count = 0; count < most; count += 1) if (!(await runNext(plan))) return;
    await releasePlan(sqlClient(), plan);
  } catch (error) {
    // The lease runs out and the line has its turn again; one bad plan must not keep the others waiting.
    log.error({ error, planId: plan.planId }, "running a refund plan failed");
  }
}

/** @returns whether the plan goes on here */
async function runNext(plan: ClaimedPlan): Promise<boolean> {
  const maker = await readMaker(sqlClient(), plan.createdBy);
  const role = Role.safeParse(maker?.role);
  if (!maker?.isActive || !role.success || !roleMay(role.data, "refunds:create")) {
    return stop(plan, `${maker?.name ?? "Its maker"} may not refund any more.`);
  }
  if (await isGatewaySilent(sqlClient(), plan)) {
    return stop(plan, `The last ${mostUnclearInARow} refunds have no clear answer. Look at them before you go on.`);
  }
  const line = await readNextLine(sqlClient(), plan);
  if (!line) {
    await finishPlan(sqlClient(), plan);
    announce(plan);
    return false;
  }
  const turn = await runLine(plan, role.data, line);
  announce(plan);
  if (turn !== "over-budget") return turn === "next";
  const sum = formatMoney(line.amount, line.currency);
  return stop(plan, `Line ${line.lineNo} over ${sum} does not fit into the budget any more.`);
}

async function stop(plan: ClaimedPlan, reason: string): Promise<false> {
  await pausePlan(sqlClient(), plan, { personId: null, reason });
  announce(plan);
  return false;
}

function announce({ environment, merchantId }: ClaimedPlan): void {
  announceChange(sqlClient(), { environment, merchantId, paymentId: null });
}
