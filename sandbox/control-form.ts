import { z } from "zod";
import { changeTimeLapse, clearFaults, keepKnobs } from "./control-knobs";
import { addFault } from "./faults";
import type { Gateway } from "./gateway";
import { resend } from "./notifier";
import { declineOrder, payOrder } from "./payments";
import { settleRefund } from "./refunds";

const Pace = z.object({
  advanceSeconds: z.coerce.number().int(),
  timeLapse: z.coerce.number().positive(),
  refundDelaySeconds: z.coerce.number().nonnegative(),
});

/**
 * Does what a person chose on the control page.
 *
 * @returns what went wrong, in a sentence for that person, or `null`
 */
export async function controlForm(gateway: Gateway, body: string): Promise<string | null> {
  // An empty field of the form means "any".
  const form = Object.fromEntries([...new URLSearchParams(body)].filter(([, value]) => value !== ""));
  try {
    const problem = await act(gateway, form);
    await gateway.state.durable();
    return problem;
  } catch (error) {
    if (error instanceof z.ZodError) return z.prettifyError(error);
    throw error;
  }
}

async function act(
  gateway: Gateway,
  { action = "", id = "", ...rest }: Record<string, string>,
): Promise<string | null> {
  const { state } = gateway;
  const order = state.orders.get(id);
  const refund = state.refunds.get(id);
  if (action === "fault-on") {
    addFault(state, { ...rest, ...(rest.times === undefined ? {} : { times: Number(rest.times) }) });
    return null;
  }
  if (action === "fault-off" && state.faults.has(id)) clearFaults(gateway, id);
  else if (action === "pace") setPace(gateway, Pace.parse(rest));
  else if (action === "notify") await resend(gateway, id, 1);
  else if (action === "pay" && order) return problemOf(payOrder(gateway, order));
  else if (action === "decline" && order) return problemOf(declineOrder(gateway, order));
  else if (action === "refund-succeed" && refund) return problemOf(settleRefund(gateway, refund, "succeed"));
  else if (action === "refund-fail" && refund) return problemOf(settleRefund(gateway, refund, "fail"));
  else return "That is not there any more.";
  return null;
}

function setPace(gateway: Gateway, { advanceSeconds, timeLapse, refundDelaySeconds }: z.infer<typeof Pace>): void {
  changeTimeLapse(gateway, timeLapse);
  const offsetMs = gateway.state.knobs.offsetMs + advanceSeconds * 1000;
  keepKnobs(gateway, { offsetMs, refundDelayMs: refundDelaySeconds * 1000 });
}

function problemOf(result: { ok: true } | { ok: false; error: string }): string | null {
  return result.ok ? null : result.error;
}
