import { randomBytes } from "node:crypto";
import { err, ok, type Result } from "@/lib/domain/result";
import { type Answer, accepted, isHttpUrl, refused, texts, unreadable } from "../answers";
import { takeFault } from "../faults";
import type { Gateway } from "../gateway";
import type { CheckedRequest } from "../gateway-request";
import { newGatewayId } from "../ids";
import { notifyOfOrder } from "../notifications";
import { declined, keepOrder, orderScope } from "../payments";
import type { Order } from "../records";
import { digits } from "../seed";
import { orderKey } from "../state";
import { isBarcode, payDataFor, stateOfBarcode, wayOfBarcode, ways } from "../ways";
import { isTooLong, optionalTexts } from "./columns";

const defaultLifetimeSeconds = 7200;
const barcodeConfirmationMs = 5000;

/** Makes an order. Source: gateway-protocol 3.1; `AbstractPayOrderController` of the reference server. */
export function unifiedOrder(gateway: Gateway, request: CheckedRequest): Answer {
  const { merchant, app } = request;
  const asked = request.text("wayCode") ?? "";
  if (!Object.hasOwn(ways, asked)) return refused("不支持的支付方式");
  const extra = readChannelExtra(request.text("channelExtra"));
  if (extra === null) return unreadable();
  const way = chooseWay(asked, extra);
  if (!way.ok) return refused(way.error);

  const mchOrderNo = request.text("mchOrderNo") ?? "";
  if (gateway.state.orderByNo.has(orderKey(merchant.mchNo, mchOrderNo)))
    return refused(`商户订单[${mchOrderNo}]已存在`);
  const { notifyUrl, returnUrl, extParam, channelExtra } = optionalTexts(request);
  if (notifyUrl !== null && !isHttpUrl(notifyUrl)) return refused(texts.notifyUrlScheme);
  if (returnUrl !== null && !isHttpUrl(returnUrl)) return refused(texts.returnUrlScheme);
  if (!app.wayCodes.includes(asked)) return refused("商户应用不支持该支付方式");
  if (isTooLong(request)) return refused(texts.systemError);

  const createdAt = gateway.now();
  const lifetimeSeconds = Number(request.text("expiredTime") ?? defaultLifetimeSeconds);
  const order = keepOrder(gateway, {
    payOrderId: newGatewayId("P", createdAt, gateway.state.orders),
    mchNo: merchant.mchNo,
    appId: app.appId,
    mchOrderNo,
    wayCode: way.value,
    ifCode: ways[way.value]?.ifCode ?? null,
    amount: Number(request.text("amount")),
    currency: request.text("currency") ?? "",
    state: 0,
    clientIp: request.text("clientIp") ?? request.callerIp,
    subject: request.text("subject") ?? "",
    body: request.text("body") ?? "",
    notifyUrl,
    returnUrl,
    extParam,
    channelExtra,
    channelOrderNo: null,
    errCode: null,
    errMsg: null,
    payDataType: null,
    token: randomBytes(16).toString("hex"),
    createdAt,
    expiresAt: createdAt + lifetimeSeconds * 1000,
    settleAt: null,
    successTime: null,
    refundedAmount: 0,
    isPaidLate: false,
    executions: 1,
  });
  gateway.wakeAt(order.expiresAt);
  const scope = orderScope(gateway, order, "unifiedOrder");
  if (takeFault(gateway.state, "system-error-after", scope)) return refused(texts.systemError);
  const isDeclined = takeFault(gateway.state, "declined", scope) !== null;
  const placed = isDeclined ? { ...order, ...declined, state: 3 } : placeAtChannel(gateway, order, extra);
  return answerFor(gateway, placed, extra, request.base);
}

function readChannelExtra(text: string | null): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    return typeof read === "object" && read !== null && !Array.isArray(read) ? { ...read } : null;
  } catch {
    return null;
  }
}

function textIn(extra: Record<string, unknown>, name: string): string {
  const value = extra[name];
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

/** The way itself, or for a bar code of any wallet the one that its digits name. */
function chooseWay(wayCode: string, extra: Record<string, unknown>): Result<string, string> {
  const needs = ways[wayCode]?.needs;
  if (needs && textIn(extra, needs.member) === "") return err(needs.orElse);
  if (wayCode !== "AUTO_BAR") return ok(wayCode);
  const recognised = wayOfBarcode(textIn(extra, "authCode"));
  return recognised === null ? err("不支持的条码") : ok(recognised);
}

function placeAtChannel(gateway: Gateway, order: Order, extra: Record<string, unknown>): Order {
  // The aggregated cashier calls no channel before the payer has chosen one.
  if (order.wayCode === "QR_CASHIER") return order;
  if (!isBarcode(order.wayCode)) return { ...order, state: 1 };
  const state = stateOfBarcode(textIn(extra, "authCode"));
  if (state === 3) return { ...order, state, errCode: "AUTH_CODE_INVALID", errMsg: "付款码无效，请刷新后重新扫码" };
  const settleAt = gateway.now() + barcodeConfirmationMs / gateway.state.knobs.timeLapse;
  if (state === 1) return { ...order, state, settleAt };
  return { ...order, state, successTime: gateway.now(), channelOrderNo: `4200${digits(24)}` };
}

function answerFor(gateway: Gateway, placed: Order, extra: Record<string, unknown>, base: string): Answer {
  const { payOrderId, mchOrderNo, state: orderState, errCode, errMsg } = placed;
  const pay = orderState === 3 ? null : payDataFor(placed, textIn(extra, "payDataType") || null, base);
  const order = keepOrder(gateway, { ...placed, payDataType: pay?.payDataType ?? null });
  if (order.settleAt !== null) gateway.wakeAt(order.settleAt);
  if (orderState === 2)
    notifyOfOrder(gateway, { kind: "payment", order, notifyUrl: order.notifyUrl, extParam: order.extParam });
  return accepted({ payOrderId, mchOrderNo, orderState, ...pay, errCode, errMsg });
}
