import { createHash } from "node:crypto";
import type { Broken } from "../core/campaign";
import { signedForm } from "../gateway/pretend-gateway";
import type { Shop } from "../shop/shop";

/** A message that says paid, different for every order number; the same number makes the same bytes. */
export function paidMessage({ sender }: Pick<Shop, "sender">, mchOrderNo: string, amount: number): string {
  const { mchNo, appId, secret } = sender;
  const payOrderId = `P${createHash("sha256").update(mchOrderNo).digest("hex").slice(0, 19)}`;
  return signedForm(
    { secret, now: () => 1_790_000_000_000 },
    { mchNo, appId, mchOrderNo, payOrderId, wayCode: "WX_QR", amount, currency: "HKD", state: 2 },
  );
}

/** The address that these messages go to. */
export function pathOf({ credentialId }: Pick<Shop, "credentialId">): string {
  return `/api/notify/${credentialId}/payment`;
}

/** What the sender was promised and what the tables hold: each message that was answered `success` once, byte by byte. */
export async function compareLedger(
  shop: Pick<Shop, "sql">,
  acknowledged: ReadonlyMap<string, string>,
): Promise<Broken[]> {
  const rows = await shop.sql<{ orderNo: string; digest: string | null; verdict: string }[]>`
    select order_no as "orderNo", md5(body) as digest, verdict from notifications
    left join notification_bodies using (merchant_id, id)`;
  const stored = new Map<string, number>();
  for (const { orderNo, digest } of rows) {
    const key = `${orderNo} ${digest}`;
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const [orderNo, body] of acknowledged) {
    const times = stored.get(`${orderNo} ${createHash("md5").update(body).digest("hex")}`) ?? 0;
    if (times === 0) lost.push(orderNo);
    if (times > 1) doubled.push(orderNo);
  }
  const broken: Broken[] = [];
  const note = (invariant: string, orders: string[]) => {
    if (orders.length > 0) broken.push({ invariant, detail: `${orders.length} not, such as ${orders[0]}` });
  };
  note("every message that was answered success is stored", lost);
  note("every message is stored once", doubled);
  return broken;
}
