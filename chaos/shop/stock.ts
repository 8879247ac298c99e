import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import { newId, PaymentId } from "@/lib/domain/ids";
import type { Order } from "../gateway/book";
import type { Shop } from "./shop";

export type StockedPayment = { id: PaymentId; mchOrderNo: string; payOrderId: string; amount: number };

/**
 * Payments with a history that bears the shared oracle: `prepared`, as after the intent, or `paid`, as after a query.
 * Written in bulk, because they are where a campaign begins and not what it looks at.
 */
export async function stockPayments(
  { sql, merchantId, credentialId }: Pick<Shop, "sql" | "merchantId" | "credentialId">,
  { count, state, amount, label }: { count: number; state: "prepared" | "paid"; amount: number; label: string },
): Promise<StockedPayment[]> {
  const stocked = Array.from({ length: count }, (_, index) => ({
    id: newId(PaymentId),
    mchOrderNo: `${label}-${index}`,
    payOrderId: `P${createHash("sha256").update(`${label}-${index}`).digest("hex").slice(0, 19)}`,
    amount,
  }));
  const rows = JSON.stringify(stocked);
  const isPaid = state === "paid";
  await sql`
    insert into payments (
      merchant_id, id, credential_id, mch_order_no, pay_order_id, way_code, amount, currency, subject, body,
      expired_time_seconds, state, proven_by, paid_at, expires_at, next_ask_at, sent_at
    )
    select ${merchantId}::uuid, (row->>'id')::uuid, ${credentialId}::uuid, row->>'mchOrderNo',
      case when ${isPaid}::boolean then row->>'payOrderId' end, 'WX_QR', ${amount}::bigint, 'HKD', 'Tea', 'Tea', 7200,
      ${state}, case when ${isPaid}::boolean then 'query' end, case when ${isPaid}::boolean then now() end,
      now() + interval '2 hours', case when ${isPaid}::boolean then null else now() + interval '30 seconds' end, now()
    from jsonb_array_elements(${rows}::text::jsonb) as row`;
  if (isPaid) await provePaid(sql, { merchantId, credentialId }, rows);
  return stocked;
}

/** One signed answer, and the change of each payment that it caused. */
async function provePaid(sql: Sql, owner: { merchantId: string; credentialId: string }, rows: string): Promise<void> {
  const { merchantId, credentialId } = owner;
  await sql`
    with call as (
      insert into gateway_calls (
        merchant_id, id, credential_id, secret_version, operation, url, encoding, request_fields, signed_text, sent_sign,
        started_at, duration_ms, http_status, verification, code, outcome
      ) values (${merchantId}::uuid, ${crypto.randomUUID()}::uuid, ${credentialId}::uuid, 1, 'query',
        'https://gateway.invalid/api/pay/query', 'json', '{}', 'key=<key>', ${"0".repeat(32)}, now(), 1, 200, 'valid',
        '0', 'ok')
      returning id
    )
    insert into timeline_entries (merchant_id, id, payment_id, kind, from_state, to_state, actor, call_id, details)
    select ${merchantId}::uuid, gen_random_uuid(), (row->>'id')::uuid, 'change', 'prepared', 'paid', 'worker', call.id,
      '{"subject": "payment", "by": "query"}'
    from jsonb_array_elements(${rows}::text::jsonb) as row, call`;
}

/** A stocked payment as a pretend gateway would have it in its book. */
export function paidOrder({ mchOrderNo, payOrderId, amount }: StockedPayment): Order {
  return {
    mchOrderNo,
    payOrderId,
    amount,
    wayCode: "WX_QR",
    currency: "HKD",
    state: 2,
    channelOrderNo: null,
    createdAt: 0,
    expiresAt: 0,
    successTime: 1,
    refundedAmount: 0,
    notifyUrl: null,
    isPaidLate: false,
    executions: 1,
  };
}

/** Forgets all business rows and keeps merchant and credential. */
export async function clearShop(sql: Sql): Promise<void> {
  await sql`truncate payments cascade`;
}
