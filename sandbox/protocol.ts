import { setTimeout as pause } from "node:timers/promises";
import { answerReply } from "./answer-wire";
import { type Answer, refused } from "./answers";
import { type Fault, type FaultKind, type FaultScope, faultsFor, findFault, type Operation, takeFault } from "./faults";
import type { Gateway } from "./gateway";
import { authenticate, type CheckedRequest, memberProblem, type ReadRequest, readRequest } from "./gateway-request";
import { htmlReply, type Incoming, jsonReply, type Reply } from "./http";
import { cancel } from "./operations/cancel";
import { close } from "./operations/close";
import { holdComplete, holdRelease } from "./operations/hold";
import { query } from "./operations/query";
import { refundOrder } from "./operations/refund-order";
import { refundQuery } from "./operations/refund-query";
import { unifiedOrder } from "./operations/unified-order";
import { payOrder } from "./payments";
import type { Call } from "./records";
import { orderKey } from "./state";

const operationByPath: Readonly<Record<string, Operation>> = {
  "/api/pay/unifiedOrder": "unifiedOrder",
  "/api/pay/query": "query",
  "/api/pay/close": "close",
  "/api/pay/cancel": "cancel",
  "/api/refund/refundOrder": "refundOrder",
  "/api/refund/query": "refundQuery",
};

const execute: Readonly<Record<Operation, (gateway: Gateway, request: CheckedRequest) => Answer>> = {
  unifiedOrder,
  query,
  close,
  cancel,
  refundOrder,
  refundQuery,
  holdComplete,
  holdRelease,
};

// The others change something and take a POST only. Source: gateway-protocol 1.2.
const alsoByGet: readonly Operation[] = ["query", "close", "refundQuery"];

/** The paths for holds are nobody's until somebody sets them. */
export function operationAt(gateway: Gateway, path: string): Operation | null {
  const { holds } = gateway.state.knobs;
  if (holds?.completePath === path) return "holdComplete";
  if (holds?.releasePath === path) return "holdRelease";
  return operationByPath[path] ?? null;
}

/** One request to the gateway, from its bytes to the bytes of its answer. */
export async function callOperation(gateway: Gateway, operation: Operation, incoming: Incoming): Promise<Reply> {
  if (incoming.method !== "POST" && !(incoming.method === "GET" && alsoByGet.includes(operation))) {
    return { status: 405, type: "text/plain;charset=UTF-8", body: `${operation} takes a POST.` };
  }
  const read = readRequest(gateway.state, operation, incoming);
  const scope = scopeOf(gateway, operation, read.ok ? read.value : null);
  const call = startCall(gateway, { operation, incoming, scope, request: read.ok ? read.value : null });
  const reply = await answer(gateway, { operation, incoming, scope, read });
  call.status = reply === "cut" ? null : reply.status;
  call.answer = reply === "cut" ? null : reply.body.toString().slice(0, longestKeptText);
  return reply;
}

const longestKeptText = 8000;

type Asked = {
  operation: Operation;
  incoming: Incoming;
  scope: FaultScope;
  read: ReturnType<typeof readRequest>;
};

async function answer(gateway: Gateway, { operation, incoming, scope, read }: Asked): Promise<Reply> {
  const { state } = gateway;
  if (takeFault(state, "not-found", scope)) return { status: 404, type: "text/plain", body: "Not found" };
  const unlisted = takeFault(state, "not-whitelisted", scope);
  if (unlisted) return unlistedReply(incoming.callerIp, unlisted);
  await delayAt("before", gateway, scope);
  if (takeFault(state, "drop-connection", scope, "before")) return "cut";
  const isSpoiledUnread = spoilers.some((kind) => findFault(state, kind, scope, "before") !== null);

  const checked: CheckedOrAnswer = read.ok
    ? check(gateway, { operation, incoming, scope, read: read.value })
    : read.error;
  const isRequest = !("kind" in checked);
  const secret = isRequest ? checked.app.secret : null;
  const result = isSpoiledUnread ? refused("") : isRequest ? execute[operation](gateway, checked) : checked;
  // Nothing is told to anybody before it is certain to be remembered.
  await state.durable();
  if (operation === "unifiedOrder" && result.kind === "data") await notifyBeforeAnswer(gateway, scope);

  await delayAt("after", gateway, scope);
  if (takeFault(state, "drop-connection", scope, "after")) return "cut";
  return answerReply(state, result, { incoming, scope, secret });
}

/** Nobody has published what the gateway says to an address that is on no list; both of these are invented. */
function unlistedReply(address: string, { force }: Fault): Reply {
  if (force) return jsonReply({ code: 9999, msg: `请求IP[${address}]不在白名单内` });
  const body = `<!doctype html><title>403</title><h1>403 Forbidden</h1><p>IP ${address} is not allowed.</p>`;
  return htmlReply(body, 403);
}

type CheckedOrAnswer = CheckedRequest | Answer;

const spoilers: readonly FaultKind[] = [
  "empty-answer",
  "html-answer",
  "garbage-answer",
  "huge-answer",
  "redirect-answer",
  "status-answer",
];

async function delayAt(when: "before" | "after", gateway: Gateway, scope: FaultScope): Promise<void> {
  const fault = takeFault(gateway.state, "delay", scope, when);
  if (fault) await pause(fault.delayMs, undefined, { ref: false });
}

type Checking = Omit<Asked, "read"> & { read: ReadRequest };

function check(gateway: Gateway, { operation, incoming, scope, read }: Checking): CheckedOrAnswer {
  const problem = memberProblem(operation, read);
  if (problem !== null) return refused(problem);
  if (takeFault(gateway.state, "swapped-environment", scope)) return refused("验签失败");
  const authentic = authenticate(gateway, read);
  if (!authentic.ok) return authentic.error;
  return { ...read, ...authentic.value, callerIp: incoming.callerIp, base: incoming.base };
}

async function notifyBeforeAnswer(gateway: Gateway, scope: FaultScope): Promise<void> {
  if (!takeFault(gateway.state, "notify-before-answer", scope)) return;
  const order = gateway.state.orderByNo.get(orderKey(scope.mchNo ?? "", scope.mchOrderNo ?? ""));
  if (!order || order.state > 1) return;
  payOrder(gateway, order);
  await gateway.deliveries.get(`${order.payOrderId}.payment`);
}

function scopeOf(gateway: Gateway, operation: Operation, request: ReadRequest | null): FaultScope {
  const { state } = gateway;
  const mchNo = request?.text("mchNo") ?? null;
  const payment = state.orders.get(request?.text("payOrderId") ?? "");
  const holdField = state.knobs.holds?.orderField ?? "";
  const named = request?.text(holdField) ?? "";
  const held =
    operation === "holdComplete" || operation === "holdRelease"
      ? (state.orders.get(named) ?? state.orderByNo.get(orderKey(mchNo ?? "", named)))
      : undefined;
  const refund =
    state.refunds.get(request?.text("refundOrderId") ?? "") ??
    state.refundByNo.get(orderKey(mchNo ?? "", request?.text("mchRefundNo") ?? ""));
  return {
    environment: state.merchants.get(mchNo ?? "")?.environment ?? null,
    mchNo,
    mchOrderNo: request?.text("mchOrderNo") ?? payment?.mchOrderNo ?? held?.mchOrderNo ?? refund?.mchOrderNo ?? null,
    mchRefundNo: request?.text("mchRefundNo") ?? refund?.mchRefundNo ?? null,
    operation,
  };
}

type Starting = Pick<Asked, "operation" | "incoming" | "scope"> & { request: ReadRequest | null };

function startCall(gateway: Gateway, { operation, incoming, scope, request }: Starting): Call {
  const { method, contentType, accept, query: inAddress, body } = incoming;
  const call: Call = {
    at: gateway.now(),
    operation,
    method,
    contentType,
    accept,
    mchNo: scope.mchNo,
    appId: request?.text("appId") ?? null,
    mchOrderNo: scope.mchOrderNo,
    mchRefundNo: scope.mchRefundNo,
    request: (inAddress === "" ? body : `?${inAddress}\n${body}`).slice(0, longestKeptText),
    status: null,
    answer: null,
    faults: faultsFor(gateway.state, scope).map(({ kind }) => kind),
  };
  gateway.state.recordCall(call);
  return call;
}
