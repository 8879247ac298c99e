/**
 * The control API: how tests, the demo and people steer the sandbox. JSON in, JSON out, from this machine only.
 * Failures answer 4xx with `{"error": text}`. Amounts are minor units, times epoch milliseconds of the sandbox's clock.
 * `mchNo` may be left out wherever a `mchOrderNo` or `mchRefundNo` names one record only.
 *
 * GET    /control/health                         `{"status":"ok"}`
 * GET    /control/merchants                      `Merchant[]` with applications, way codes and secrets
 * POST   /control/merchants                      makes or replaces one: `{ environment, mchNo?, name?, isEnabled?,
 *                                                apps?: [{ appId?, name?, secret?, wayCodes?, isEnabled? }] }` → `Merchant`;
 *                                                what is left out is invented, `wayCodes` defaults to all
 * POST   /control/apps                           adds or replaces one of a merchant: `{ mchNo, appId?, … }` → `App`
 * GET    /control/knobs                          `{ offsetMs, timeLapse, refundDelayMs, now }`
 * POST   /control/knobs                          `{ refundDelayMs }`: 0 settles refunds at once
 * POST   /control/holds                          `{ completePath, releasePath, orderField, amountField?, numberField?, completedState,
 *                                                releasedState, isPartAllowed? }`: the sandbox's own completion and release of
 *                                                orders in state 2 (their real form is not published; without this there
 *                                                is none); `{ none: true }` takes them away. The switches reach them as
 *                                                the operations `holdComplete` and `holdRelease`
 * POST   /control/clock                          `{ offsetMs }` or `{ advanceMs }`; what is due happens at once
 * POST   /control/time-lapse                     `{ factor }`: divides retry, refund and bar-code waiting times
 * GET    /control/faults                         the switches that are on, and all kinds there are
 * POST   /control/faults                         a `FaultInput` or `{ faults: FaultInput[] }` → the new switches with their `id`
 * DELETE /control/faults[/:id]                   switches one or all off
 * POST   /control/pay                            `{ mchNo?, mchOrderNo, outcome?: "pay" | "decline", awaitNotification? }` → order;
 *                                                paying a closed order is a late payment
 * POST   /control/notify                         `{ mchNo?, mchOrderNo | mchRefundNo, kind?: "payment" | "refund" | "cancel" |
 *                                                "forged", times? }` → `{ attempts }`: sends the stored bytes again, now,
 *                                                and waits for the replies; `forged` claims "paid" with a wrong signature
 * POST   /control/refund                         `{ mchNo?, mchRefundNo, outcome?: "succeed" | "fail" }` → refund
 * GET    /control/orders[?mchNo=&limit=]         newest first
 * GET    /control/orders/:mchOrderNo[?mchNo=]    the order with `refunds`, `notifications` (with attempts) and `calls`
 * GET    /control/refunds/:mchRefundNo[?mchNo=]  the refund with `notifications` and `calls`
 * GET    /control/calls[?mchOrderNo=]            the last calls, oldest first
 * POST   /control/idle                           answers when no message is on its way
 * POST   /control/reset                          `{ merchants?: true }` forgets orders, refunds, messages, switches, clock
 */
import { z } from "zod";
import { changeClock, changeTimeLapse, clearFaults, HoldsInput, keepKnobs, reset } from "./control-knobs";
import { AppInput, MerchantInput, putApp, putMerchant } from "./control-merchants";
import { Conflict, NoSuchRecord } from "./control-problems";
import { NotifyInput, notifyAgain, PayInput, payNow, RefundInput, settleNow } from "./control-steps";
import { callsFor, listOrders, orderView, refundView } from "./control-views";
import { addFault, faultKinds } from "./faults";
import type { Gateway } from "./gateway";
import { type Incoming, jsonReply, type Reply } from "./http";

export async function controlApi(gateway: Gateway, incoming: Incoming): Promise<Reply> {
  try {
    const result = await answer(gateway, incoming);
    await gateway.state.durable();
    return result === undefined ? jsonReply({ error: "There is no such control." }, 404) : jsonReply(result);
  } catch (error) {
    if (error instanceof z.ZodError) return jsonReply({ error: z.prettifyError(error) }, 400);
    if (error instanceof NoSuchRecord) return jsonReply({ error: error.message }, 404);
    if (error instanceof Conflict) return jsonReply({ error: error.message }, 409);
    throw error;
  }
}

/** `undefined` when nothing answers at this path. */
async function answer(gateway: Gateway, incoming: Incoming): Promise<unknown> {
  const [, , subject = "", last] = incoming.path.split("/").map(decodeURIComponent);
  const parameters = Object.fromEntries(new URLSearchParams(incoming.query));
  if (incoming.method === "GET") return read(gateway, { subject, last, parameters });
  if (incoming.method === "DELETE" && subject === "faults") return clearFaults(gateway, last ?? null);
  if (incoming.method !== "POST" || last !== undefined) return undefined;
  return change(gateway, subject, readJson(incoming.body));
}

type Reading = { subject: string; last: string | undefined; parameters: Readonly<Record<string, string>> };

function read(gateway: Gateway, { subject, last, parameters }: Reading): unknown {
  const { state } = gateway;
  if (subject === "orders" && last !== undefined)
    return orderView(gateway, { mchOrderNo: last, mchNo: parameters.mchNo });
  if (subject === "refunds" && last !== undefined)
    return refundView(gateway, { mchRefundNo: last, mchNo: parameters.mchNo });
  if (last !== undefined) return undefined;
  switch (subject) {
    case "health":
      return { status: "ok" };
    case "merchants":
      return [...state.merchants.values()];
    case "knobs":
      return { ...state.knobs, now: gateway.now() };
    case "faults":
      return { on: [...state.faults.values()], kinds: faultKinds };
    case "orders":
      return listOrders(gateway, { mchNo: parameters.mchNo, limit: Number(parameters.limit ?? 100) });
    case "calls":
      return callsFor(
        gateway,
        ({ mchOrderNo }) => parameters.mchOrderNo === undefined || mchOrderNo === parameters.mchOrderNo,
      );
    default:
      return undefined;
  }
}

const Faults = z.union([z.strictObject({ faults: z.array(z.unknown()) }), z.record(z.string(), z.unknown())]);

async function change(gateway: Gateway, subject: string, body: unknown): Promise<unknown> {
  switch (subject) {
    case "merchants":
      return putMerchant(gateway.state, MerchantInput.parse(body));
    case "apps":
      return putApp(gateway.state, AppInput.extend({ mchNo: z.string() }).parse(body));
    case "faults": {
      const given = Faults.parse(body);
      return Array.isArray(given.faults)
        ? given.faults.map((one) => addFault(gateway.state, one))
        : addFault(gateway.state, given);
    }
    case "knobs":
      return keepKnobs(gateway, z.strictObject({ refundDelayMs: z.int().nonnegative() }).parse(body));
    case "holds":
      return keepKnobs(gateway, { holds: HoldsInput.parse(body) });
    case "clock":
      return changeClock(gateway, body);
    case "time-lapse":
      return changeTimeLapse(gateway, z.strictObject({ factor: z.number().positive() }).parse(body).factor);
    case "pay":
      return payNow(gateway, PayInput.parse(body));
    case "notify":
      return notifyAgain(gateway, NotifyInput.parse(body));
    case "refund":
      return settleNow(gateway, RefundInput.parse(body));
    case "idle":
      while (gateway.deliveries.size > 0) await Promise.all(gateway.deliveries.values());
      return { status: "idle" };
    case "reset":
      return reset(gateway, z.strictObject({ merchants: z.boolean().default(false) }).parse(body));
    default:
      return undefined;
  }
}

function readJson(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new z.ZodError([{ code: "custom", path: [], message: "The body is not JSON.", input: text }]);
  }
}
