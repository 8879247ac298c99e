import { readRange } from "@/lib/domain/address-list";

/** What kind of thing a gateway's message complains about (gateway-protocol 5.4). */
export type MessageClass =
  | "signature"
  | "envelope"
  | "request"
  | "credentials"
  | "routing"
  | "duplicate"
  | "channel-extra"
  | "not-found"
  | "state"
  | "amount"
  /** Nobody has published these words, so they are guessed, and nothing certain follows from them. */
  | "whitelist"
  | "system";

type MessageExplanation = { class: MessageClass; english: string; advice: string };

/**
 * What a gateway's message means, found by a part of its text; `null` for words that nobody has explained.
 * Show the original beside it.
 *
 * Source: gateway-protocol 5.4, 3.1.4, 3.4 and 3.6.3.
 */
export function explainMessage(message: string): MessageExplanation | null {
  const known = knownMessages.find(({ parts }) => parts.every((part) => part.test(message)));
  if (known === undefined) return null;
  const named = known.class === "whitelist" ? addressIn(message) : null;
  const english = named === null ? known.english : `${known.english}, which names our address as ${named}`;
  return { class: known.class, english, advice: advice[known.class] };
}

/**
 * What an answer that is none of the protocol's looks like, such as the page of a web server in front of the gateway: only
 * a refusal by an IP whitelist is recognised, by its words or by status 403. `null` for everything else.
 *
 * @param text  the beginning of the answer, null where none was kept
 */
export function explainStrangeAnswer(status: number | null, text: string | null): MessageExplanation | null {
  const words = (text ?? "").slice(0, longestPage).replace(/<[^>]*>/g, " ");
  const explanation = explainMessage(words);
  if (explanation !== null) return explanation.class === "whitelist" ? explanation : null;
  if (status !== 403) return null;
  const named = addressIn(words);
  const english = `An address that is not on an IP whitelist is often answered with 403${named ? `, and this one names ${named}` : ""}`;
  return { class: "whitelist", english, advice: advice.whitelist };
}

const longestPage = 4_096;

/** An address of the network that somebody wrote into a sentence. */
function addressIn(message: string): string | null {
  const candidates = message.match(/[0-9a-fA-F:.]{2,}/g) ?? [];
  return candidates.map((text) => text.replace(/^[.:]+(?=\d)|\.+$/g, "")).find(isWholeAddress) ?? null;
}

function isWholeAddress(text: string): boolean {
  return /^(\d+\.){3}\d+$|:.*:/.test(text) && readRange(text) !== null;
}

/** Whether an error code with this message surely left nothing behind: neither an order nor a refund nor a change. */
export function isCertainRefusal(code: string, explanation: MessageExplanation | null): boolean {
  if (explanation === null || leavesItOpen.has(explanation.class)) return false;
  // 10 and 12 are the gateway's own trouble whatever the words beside them say.
  return code === "9999" || (code === "11" && explanation.class === "request");
}

const leavesItOpen: ReadonlySet<MessageClass> = new Set(["system", "duplicate", "whitelist"]);

const advice: Record<MessageClass, string> = {
  signature: "Check that the secret belongs to this application and environment, then use the signature debugger.",
  envelope: "A field that every request carries is missing. Check the credential's merchant number and application.",
  request: "Correct the named field and send again.",
  credentials: "Check merchant number, application and environment; they belong together.",
  routing: "This application may not use this way of paying. Choose another credential or ask the gateway's support.",
  duplicate: "The number was used before. Ask the gateway about it; a new try needs a new number.",
  "channel-extra": "The way of paying needs one more value in channelExtra.",
  "not-found": "The gateway has no such order for this merchant.",
  state: "The order is not in a state that allows this. Ask the gateway where it stands.",
  amount: "Correct the amount and send again.",
  whitelist:
    "Put the address that we call from on the gateway's IP whitelist. The credential's page shows it as far as it can be known here.",
  system: "The outcome is not known. Ask the gateway before anything is sent again.",
};

type KnownMessage = { class: MessageClass; english: string; parts: readonly RegExp[] };

function known(messageClass: MessageClass, english: string, ...parts: RegExp[]): KnownMessage {
  return { class: messageClass, english, parts };
}

const whitelistRefusal = "This looks like a refusal by the gateway's IP whitelist";

const empty = /不能为空|不可为空/;

// The first that fits counts. Words that leave the outcome open stand first, so that no other part of a message wins.
const knownMessages: readonly KnownMessage[] = [
  known("system", "Gateway or upstream failure, or a value too long: the result is not known", /系统异常/),
  known("system", "Database trouble at the gateway", /数据库服务异常/),
  known("whitelist", whitelistRefusal, /白名单|white-?\s?list|allow-?list/i),
  known(
    "whitelist",
    whitelistRefusal,
    /\bIP(?:地址)?.{0,20}(?:不允许|未授权|未绑定|未备案|非法|受限|限制|禁止|不合法|无权|拒绝)/i,
  ),
  known("whitelist", whitelistRefusal, /(?:不允许|未授权|非法|禁止|无效)的?.{0,4}IP/i),
  known(
    "whitelist",
    whitelistRefusal,
    /\bIP\b.{0,60}\b(?:not allowed|not authori[sz]ed|not permitted|forbidden|denied|rejected)\b/i,
  ),
  known("duplicate", "The order or refund number is already used", /已存在/),
  known("signature", "Signature verification failed", /验签失败/),
  known("signature", "Wrong communication key", /通信秘钥错误/),
  known("request", "Neither of the two order numbers was given", /不能同时为空/),
  known("envelope", "version is empty", /版本号/, empty),
  known("envelope", "signType is empty", /签名类型/, empty),
  known("envelope", "sign is empty", /签名值/, empty),
  known("envelope", "reqTime is empty", /时间戳/, empty),
  known("envelope", "mchNo is empty", /商户号/, empty),
  known("envelope", "appId is empty", /商户应用ID/, empty),
  known("request", "mchOrderNo is empty", /商户订单号/, empty),
  known("request", "mchRefundNo is empty", /商户退款单号/, empty),
  known("amount", "The refund amount is missing", /退款金额/, empty),
  known("amount", "The refund amount is below 1 cent", /退款金额请大于1分/),
  known("request", "refundReason is empty", /退款原因/, empty),
  known("request", "wayCode is empty", /支付方式/, empty),
  known("request", "currency is empty", /货币代码/, empty),
  known("request", "subject is empty", /商品标题/, empty),
  known("request", "body is empty", /商品描述信息/, empty),
  known("request", "The amount is missing or below 1", /支付金额不能为空/),
  known("request", "divisionMode must be 0, 1 or 2", /分账模式设置值有误/),
  known("request", "Bad parameters, or a body that cannot be read", /参数有误/),
  known("request", "The address must begin with http:// or https://", /协议仅支持http/),
  known("credentials", "The merchant or application does not exist", /商户或商户应用不存在|商户不存在，请检查商户号/),
  known("credentials", "The merchant does not exist or is disabled", /商户信息不存在或商户状态不可用/),
  known("credentials", "The application does not exist or is disabled", /商户应用不存在或应用状态不可用/),
  known("credentials", "The application cannot be used", /获取商户应用信息失败|商户应用状态不可用/),
  known("credentials", "The application belongs to another merchant", /参数appId与商户号不匹配/),
  known("credentials", "The sign type is not set up for this merchant", /商户未配置签名方式/),
  known("credentials", "The sign type is not supported", /不支持.*签名方式/),
  known("credentials", "The merchant may not use this operation", /商户.*无此接口.*权限/),
  known("routing", "The gateway does not know this way of paying", /不支持的支付方式/),
  known("routing", "This application has no such way of paying", /商户应用不支持该支付方式/),
  known("routing", "The channel is not installed", /无此支付通道接口|接口不支持该支付方式/),
  known("routing", "The channel is not set up for this merchant", /参数未配置/),
  known("routing", "The channel cannot refund", /不支持退款/),
  known("channel-extra", "The bar code is missing or not recognised", /条码/, /为空|不可为空|不支持的条码/),
  known("channel-extra", "channelExtra lacks the payer's id", /openid|buyerUserId|authCode|用户ID/i, empty),
  known("not-found", "The order to refund does not exist", /退款订单不存在/),
  known("not-found", "The order does not exist", /订单不存在/),
  known("state", "The order cannot be closed in its state", /当前订单不可关闭/),
  known("state", "The order is not paid, or not any more", /订单状态不正确/),
  known("state", "The order is already fully refunded", /已全额退款|已完成全部订单退款/),
  known("state", "Another refund of this payment is in progress", /在途退款/),
  known("amount", "More than what is left to refund", /申请金额超出/),
];
