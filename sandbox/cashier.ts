import { formatMoney } from "@/lib/domain/money";
import { sign } from "@/lib/gateway/signature";
import { appOf, type Gateway } from "./gateway";
import { type Html, html, page } from "./html";
import { htmlReply, type Incoming, type Reply, redirectReply } from "./http";
import { orderFields, withoutNulls } from "./messages";
import { appendFields } from "./notification-wire";
import { declineOrder, keepOrder, payOrder } from "./payments";
import { qrImage } from "./qr-image";
import type { Order } from "./records";

/** What the payer sees behind a link or a QR code, and what the payer decides there. */
export async function cashier(gateway: Gateway, token: string, incoming: Incoming): Promise<Reply> {
  const order = gateway.state.orderByToken.get(token);
  if (!order) return htmlReply(page("No such payment", html`<h1>No such payment</h1>`), 404);
  if (incoming.method !== "POST") return htmlReply(cashierPage(order, { hasLeft: incoming.query === "left" }));
  const form = new URLSearchParams(incoming.body);
  const action = form.get("action");
  if (action === "leave") return redirectReply(`/cashier/${token}?left`, 303);
  const returnTo = decide(gateway, order, { action, wallet: form.get("wallet") });
  await gateway.state.durable();
  if (returnTo !== null) return redirectReply(returnTo, 302);
  return redirectReply(`/cashier/${token}`, 303);
}

/** The picture of an order's code. Source: gateway-protocol 3.11. */
export function codeImage(gateway: Gateway, token: string, incoming: Incoming): Reply {
  if (!gateway.state.orderByToken.has(token)) return { status: 404, type: "text/plain", body: "Not found" };
  const asked = Number(new URLSearchParams(incoming.query).get("width") ?? 200);
  const size = Number.isInteger(asked) && asked >= 50 && asked <= 1000 ? asked : 200;
  return { status: 200, type: "image/png", body: qrImage(`${incoming.base}/cashier/${token}`, size) };
}

type Decision = { action: string | null; wallet: string | null };

/** Where the payer's browser goes next; `null` is back to this page. */
function decide(gateway: Gateway, order: Order, { action, wallet }: Decision): string | null {
  if (action !== "pay" && action !== "decline") return null;
  const isChoosing = order.wayCode === "QR_CASHIER" && order.state <= 1;
  const chosen = isChoosing ? keepOrder(gateway, withWallet(order, wallet)) : order;
  const done = action === "pay" ? payOrder(gateway, chosen) : declineOrder(gateway, chosen);
  return done.ok && action === "pay" ? returnAddress(gateway, done.value) : null;
}

const wallets: Readonly<Record<string, { wayCode: string; ifCode: string; label: string }>> = {
  wechat: { wayCode: "WX_JSAPI", ifCode: "wxpay", label: "WeChat Pay" },
  alipay: { wayCode: "ALI_JSAPI", ifCode: "alipay", label: "Alipay" },
  unionpay: { wayCode: "YSF_JSAPI", ifCode: "ysfpay", label: "UnionPay" },
};

function withWallet(order: Order, wallet: string | null): Order {
  const { wayCode, ifCode } = wallets[wallet ?? ""] ?? { wayCode: "WX_JSAPI", ifCode: "wxpay" };
  return { ...order, wayCode, ifCode };
}

/** The payer's browser goes back with the fields of the payment notification. Source: gateway-protocol 6.8. */
function returnAddress(gateway: Gateway, order: Order): string | null {
  const app = appOf(gateway.state.merchants.get(order.mchNo), order.appId);
  if (!app || order.returnUrl === null) return null;
  const message = withoutNulls({ ...orderFields(order), reqTime: gateway.now() });
  return appendFields(order.returnUrl, { ...message, sign: sign(message, app.secret) });
}

function cashierPage(order: Order, { hasLeft }: { hasLeft: boolean }): string {
  const body = html`<div class="narrow">
<p class="quiet">${order.wayCode}</p>
<h1>${order.subject}</h1>
<p class="amount">${formatMoney(order.amount, order.currency)}</p>
<p class="quiet">${order.body}</p>
${hasLeft && order.state <= 1 ? html`<p role="status">You left without paying. The payment is still open.</p>` : null}
${order.state <= 1 ? choices(order) : outcome(order)}
<dl><dt>Order</dt><dd><code>${order.mchOrderNo}</code></dd><dt>Gateway</dt><dd><code>${order.payOrderId}</code></dd></dl>
</div>`;
  return page(`Pay ${formatMoney(order.amount, order.currency)}`, body);
}

function choices(order: Order): Html {
  return html`<form method="post" action="/cashier/${order.token}" class="wide">
${order.wayCode === "QR_CASHIER" ? walletChoice() : null}
<button class="main" name="action" value="pay">Pay</button>
<button name="action" value="decline">Decline</button>
<button name="action" value="leave">Leave without paying</button>
</form>`;
}

function walletChoice(): Html {
  const options = Object.entries(wallets).map(([value, { label }]) => html`<option value="${value}">${label}</option>`);
  return html`<label>Wallet <select name="wallet">${options}</select></label>`;
}

function outcome(order: Order): Html {
  if (order.state === 6 && !order.isPaidLate) {
    return html`<p role="status"><strong>This payment is closed.</strong></p>
<form method="post" action="/cashier/${order.token}" class="wide"><button name="action" value="pay">Pay all the same (a late payment)</button></form>`;
  }
  const words: Readonly<Record<number, string>> = {
    2: "Paid",
    3: "Declined",
    4: "Cancelled",
    5: "Refunded",
    6: "Paid after it was closed",
  };
  return html`<p role="status"><strong>${words[order.state] ?? `State ${order.state}`}</strong></p>`;
}
