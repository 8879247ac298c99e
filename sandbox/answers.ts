import type { MessageFields } from "./messages";

/** What an operation says: `data` is signed, a refusal is not. `no-answer` is an empty body with status 200. */
export type Answer =
  | { kind: "data"; data: MessageFields }
  | { kind: "refusal"; code: number; msg: string }
  | { kind: "no-answer" };

export function accepted(data: MessageFields): Answer {
  return { kind: "data", data };
}

/** Code 9999, the gateway's word for every refusal of its business. Source: gateway-protocol 5.4. */
export function refused(msg: string): Answer {
  return { kind: "refusal", code: 9999, msg };
}

export function unreadable(): Answer {
  return { kind: "refusal", code: 11, msg: "参数有误[转换异常]" };
}

export const texts = {
  needsOrderId: "mchOrderNo 和 payOrderId不能同时为空",
  noOrder: "订单不存在",
  notifyUrlScheme: "异步通知地址协议仅支持http:// 或 https:// !",
  returnUrlScheme: "同步通知地址协议仅支持http:// 或 https:// !",
  systemError: "系统异常",
} as const;

export function isHttpUrl(text: string): boolean {
  return text.startsWith("http://") || text.startsWith("https://");
}
