import { formatMoney } from "@/lib/domain/money";
import { type Fault, type FaultInput, type FaultKind, faultKinds } from "./faults";
import type { Gateway } from "./gateway";
import { type Html, html, page } from "./html";
import type { Merchant, Order, Refund } from "./records";

const orderWords = ["created", "waiting", "paid", "declined", "cancelled", "refunded", "closed"];
const refundWords = ["created", "pending", "succeeded", "failed", "given up"];
const rowsShown = 50;

/** The page from which a person steers the sandbox. */
export function controlPage(gateway: Gateway, problem: string | null): string {
  const { state } = gateway;
  const orders = [...state.orders.values()].reverse().slice(0, rowsShown);
  const refunds = [...state.refunds.values()].reverse().slice(0, rowsShown);
  return page(
    "Sandbox gateway",
    html`<h1>Sandbox gateway</h1>
${problem === null ? null : html`<p role="alert"><strong>${problem}</strong></p>`}
<h2>Payments</h2>${orders.length === 0 ? html`<p class="quiet">No payments yet.</p>` : orderTable(gateway, orders)}
<h2>Refunds</h2>${refunds.length === 0 ? html`<p class="quiet">No refunds yet.</p>` : refundTable(refunds)}
<h2>Misbehaviour</h2>${faultSection([...state.faults.values()])}
<h2>Clock and pace</h2>${paceSection(gateway)}
<h2>Merchants</h2>${[...state.merchants.values()].map(merchantSection)}`,
  );
}

function orderTable(gateway: Gateway, orders: Order[]): Html {
  const rows = orders.map(
    (order) => html`<tr>
<td><a href="/cashier/${order.token}"><code>${order.mchOrderNo}</code></a><br><span class="quiet">${environmentOf(gateway, order.mchNo)} · ${order.wayCode}</span></td>
<td>${formatMoney(order.amount, order.currency)}</td>
<td>${orderWords[order.state] ?? order.state}${order.isPaidLate ? " (paid late)" : null}</td>
<td>${order.state <= 1 || order.state === 6 ? step("pay", { id: order.payOrderId }, "Pay") : null}
${order.state <= 1 ? step("decline", { id: order.payOrderId }, "Decline") : null}
${hasNotification(gateway, order) ? step("notify", { id: `${order.payOrderId}.payment` }, "Notify again") : null}</td></tr>`,
  );
  return table(["Order", "Amount", "State", "What happens"], rows);
}

function hasNotification(gateway: Gateway, order: Order): boolean {
  return gateway.state.notifications.has(`${order.payOrderId}.payment`);
}

function refundTable(refunds: Refund[]): Html {
  const rows = refunds.map(
    (refund) => html`<tr>
<td><code>${refund.mchRefundNo}</code><br><span class="quiet">of ${refund.mchOrderNo}</span></td>
<td>${formatMoney(refund.refundAmount, refund.currency)}</td>
<td>${refundWords[refund.state] ?? refund.state}</td>
<td>${refund.state <= 1 ? step("refund-succeed", { id: refund.refundOrderId }, "Succeed") : null}
${refund.state <= 1 ? step("refund-fail", { id: refund.refundOrderId }, "Fail") : null}</td></tr>`,
  );
  return table(["Refund", "Amount", "State", "What happens"], rows);
}

function faultSection(faults: Fault[]): Html {
  const rows = faults.map(
    (fault) => html`<tr><td>${fault.kind}<br><span class="quiet">${faultKinds[fault.kind]}</span></td>
<td>${scopeText(fault)}</td><td>${step("fault-off", { id: fault.id }, "Switch off")}</td></tr>`,
  );
  const kinds = (Object.entries(faultKinds) as [FaultKind, string][]).map(
    ([kind, sentence]) => html`<option value="${kind}">${kind}: ${sentence}</option>`,
  );
  return html`${faults.length === 0 ? html`<p class="quiet">All is well.</p>` : table(["Switched on", "For", ""], rows)}
<form method="post" action="/control" class="row"><input type="hidden" name="action" value="fault-on">
<label>Kind <select name="kind">${kinds}</select></label>
<label>Merchant number <input name="mchNo" placeholder="any"></label>
<label>Order number <input name="mchOrderNo" placeholder="any"></label>
<label>How often <input name="times" inputmode="numeric" placeholder="always" size="6"></label>
<label>When <select name="when"><option value="after">after executing</option><option value="before">before executing</option></select></label>
<button class="main">Switch on</button></form>`;
}

function scopeText(fault: Fault): string {
  const shown: (keyof FaultInput)[] = [
    "environment",
    "mchNo",
    "mchOrderNo",
    "mchRefundNo",
    "operation",
    "times",
    "when",
  ];
  return shown.flatMap((name) => (fault[name] === undefined ? [] : [`${name} ${fault[name]}`])).join(", ");
}

function paceSection(gateway: Gateway): Html {
  const { offsetMs, timeLapse, refundDelayMs } = gateway.state.knobs;
  return html`<p>The sandbox's clock says ${new Date(gateway.now()).toISOString()}${offsetMs === 0 ? null : html` (${offsetMs / 1000} s from this machine's)`}.</p>
<form method="post" action="/control" class="row"><input type="hidden" name="action" value="pace">
<label>Put the clock forward by (s) <input name="advanceSeconds" inputmode="numeric" value="0" size="8"></label>
<label>Waiting times are shorter by a factor of <input name="timeLapse" inputmode="decimal" value="${timeLapse}" size="6"></label>
<label>Refunds take (s) <input name="refundDelaySeconds" inputmode="numeric" value="${refundDelayMs / 1000}" size="6"></label>
<button class="main">Set</button></form>`;
}

function merchantSection(merchant: Merchant): Html {
  const rows = merchant.apps.map(
    (app) => html`<tr><td>${app.name}</td><td><code>${app.appId}</code></td><td>${app.wayCodes.join(", ")}</td>
<td><details><summary>Show</summary><code>${app.secret}</code></details></td></tr>`,
  );
  return html`<h3>${merchant.name} <code>${merchant.mchNo}</code> (${merchant.environment})</h3>
${table(["Application", "appId", "Way codes", "Secret"], rows)}`;
}

function environmentOf(gateway: Gateway, mchNo: string): string {
  return gateway.state.merchants.get(mchNo)?.environment ?? "unknown merchant";
}

function step(action: string, { id }: { id: string }, label: string): Html {
  return html`<form method="post" action="/control"><input type="hidden" name="id" value="${id}"><button name="action" value="${action}">${label}</button></form> `;
}

function table(heads: readonly string[], rows: readonly Html[]): Html {
  const cells = heads.map((head) => html`<th scope="col">${head}</th>`);
  return html`<div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
