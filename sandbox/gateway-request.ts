import { err, ok, type Result } from "@/lib/domain/result";
import type { WireFields } from "@/lib/gateway/fields";
import { verifyDetached } from "@/lib/gateway/signature";
import { type ReceivedRequest, readTyped } from "@/lib/gateway/typed-reading";
import { type Answer, refused, unreadable } from "./answers";
import type { Operation } from "./faults";
import type { Gateway } from "./gateway";
import { readHoldRequest } from "./hold-request";
import type { App, Merchant } from "./records";
import type { State } from "./state";

/** What the body says before anybody has checked it. `text` is `null` for an absent and for an empty member. */
export type ReadRequest = { text(name: string): string | null; signedFields: WireFields };

/** A request whose members, merchant and signature are all in order. */
export type CheckedRequest = ReadRequest & {
  merchant: Merchant;
  app: App;
  /** The caller's address, for orders that name no payer's. */
  callerIp: string;
  /** How the caller reached the sandbox, without a slash at the end: the start of every link it is given. */
  base: string;
};

export function readRequest(
  state: State,
  operation: Operation,
  received: ReceivedRequest,
): Result<ReadRequest, Answer> {
  if (operation === "holdComplete" || operation === "holdRelease") return readHoldRequest(state, received);
  const reading = readTyped(operation, received);
  if (!reading.ok) return err(unreadable());
  const { fields } = reading.value;
  return ok({ text: (name) => fields.textOf(name) || null, signedFields: fields });
}

const envelope: readonly (readonly [string, string])[] = [
  ["version", "版本号不能为空"],
  ["signType", "签名类型不能为空"],
  ["sign", "签名值不能为空"],
  ["reqTime", "时间戳不能为空"],
  ["mchNo", "商户号不能为空"],
  ["appId", "商户应用ID不能为空"],
];

const mandatory: Readonly<Record<Operation, readonly (readonly [string, string])[]>> = {
  unifiedOrder: [
    ["mchOrderNo", "商户订单号不能为空"],
    ["wayCode", "支付方式不能为空"],
    ["amount", "支付金额不能为空"],
    ["currency", "货币代码不能为空"],
    ["subject", "商品标题不能为空"],
    ["body", "商品描述信息不能为空"],
  ],
  refundOrder: [
    ["mchRefundNo", "商户退款单号不能为空"],
    ["refundAmount", "退款金额不能为空"],
    ["currency", "货币代码不能为空"],
    ["refundReason", "退款原因不能为空"],
  ],
  query: [],
  close: [],
  cancel: [],
  refundQuery: [],
  holdComplete: [],
  holdRelease: [],
};

/** The first member that is missing or out of range; `null` when all are in order. Source: gateway-protocol 3.0, 1.5, 3.1.4, 3.6.3. */
export function memberProblem(operation: Operation, request: ReadRequest): string | null {
  for (const [name, problem] of [...envelope, ...mandatory[operation]]) {
    if ((request.text(name) ?? "").trim() === "") return problem;
    if (name === "amount" && Number(request.text(name)) < 1) return problem;
    if (name === "refundAmount" && Number(request.text(name)) < 1) return "退款金额请大于1分";
  }
  const divisionMode = request.text("divisionMode");
  return divisionMode !== null && !/^[0-2]$/.test(divisionMode) ? "分账模式设置值有误" : null;
}

/** Finds merchant and application and checks the signature. Source: gateway-protocol 3.0, `ApiController` of the reference server. */
export function authenticate(gateway: Gateway, request: ReadRequest): Result<{ merchant: Merchant; app: App }, Answer> {
  const merchant = gateway.state.merchants.get(request.text("mchNo") ?? "");
  const found = findApp(gateway.state, request.text("appId") ?? "");
  if (!merchant || !found) return err(refused("商户或商户应用不存在"));
  if (!merchant.isEnabled) return err(refused("商户信息不存在或商户状态不可用"));
  if (!found.app.isEnabled) return err(refused("商户应用不存在或应用状态不可用"));
  if (found.merchant.mchNo !== merchant.mchNo) return err(refused("参数appId与商户号不匹配"));
  if (!verifyDetached(request.signedFields, request.text("sign"), found.app.secret)) return err(refused("验签失败"));
  return ok({ merchant, app: found.app });
}

function findApp(state: State, appId: string): { merchant: Merchant; app: App } | null {
  for (const merchant of state.merchants.values()) {
    const app = merchant.apps.find((one) => one.appId === appId);
    if (app) return { merchant, app };
  }
  return null;
}
