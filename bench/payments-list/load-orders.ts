import type { Sql } from "postgres";
import { say } from "@/scripts/start/say.mjs";

const merchantId = "01900000-0000-7000-8000-00000000000a";
const seed = 20_261_119;
const perStatement = 500_000;

/**
 * Fills a migrated database with payments of one merchant, always the same for the same number: skewed as those of a
 * shop are, oldest first, two of them at every instant so that only the id tells them apart.
 *
 * One credential has 70 % of them, way codes go from 30 % down to 0.02 %, the last 0.1 % are still open; the others are
 * paid (79 %), closed (12 %), declined (6 %) and refunded (3 %).
 */
export async function loadOrders(sql: Sql, rows: number): Promise<void> {
  await sql`truncate merchants cascade`;
  await sql`insert into merchants (merchant_id, environment, mch_no, label)
    values (${merchantId}, 'test', 'M1621873433953', 'Bench')`;
  await sql`insert into credentials (merchant_id, id, label, base_url, app_id, way_codes)
    select ${merchantId}::uuid, ('01900000-0000-7000-8000-00000000000' || n)::uuid, 'App ' || n, 'http://127.0.0.1:1',
      'app' || n, '{}' from generate_series(1, 4) as n`;
  // An index that is made at the end is as compact as one of a table that has been vacuumed.
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'payments' and indexname not in (select conname from pg_constraint)`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  for (let first = 1; first <= rows; first += perStatement) {
    await insertOrders(sql, { first, last: Math.min(rows, first + perStatement - 1), rows });
    if (rows > perStatement) say(`${Math.min(rows, first + perStatement - 1)} of ${rows} payments`);
  }
  for (const { definition } of indexes) await sql.unsafe(definition);
  await sql`vacuum (analyze) payments`;
}

async function insertOrders(sql: Sql, { first, last, rows }: { first: number; last: number; rows: number }) {
  // A number from 0 to 1 that depends on the row and on nothing else.
  const chance = (salt: number) =>
    sql`((hashint8extended(i, ${seed + salt}::bigint) & 2147483647)::float8 / 2147483648)`;
  await sql`
    insert into payments (
      merchant_id, id, credential_id, mch_order_no, pay_order_id, channel_order_no, way_code, amount, currency, subject,
      body, client_ip, expired_time_seconds, state, gateway_state, proven_by, refunded_amount, reserved_amount, paid_at,
      expires_at, next_ask_at, sent_at, created_at, changed_at
    )
    select ${merchantId}::uuid, id, ('01900000-0000-7000-8000-00000000000' || app)::uuid,
      'P-' || to_char(at, 'YYMMDD') || '-' || upper(lpad(to_hex(i), 8, '0')), 'P19' || lpad(i::text, 16, '0'),
      case when state in ('paid', 'refunded') then '4200' || lpad(i::text, 18, '0') end,
      (array['WX_QR','ALI_QR','WX_BAR','ALI_BAR','WX_JSAPI','ALI_H5','UP_QR','ALI_PC','WX_H5','UP_BAR','UP_OP','WX_APP',
        'ALI_APP','WX_LITE','UP_JSAPI','ALI_JSAPI'])[way],
      amount, 'HKD', 'Order ' || i, 'Coffee x' || i % 9, '203.0.113.' || i % 250, 7200, state,
      case state when 'paid' then 2 when 'closed' then 6 when 'declined' then 3 when 'refunded' then 5 else 1 end,
      'notification', refunded, refunded, case when state in ('paid', 'refunded') then at + interval '40 seconds' end,
      at + interval '2 hours', case when state = 'waiting' then at + interval '1 minute' end, at, at, at
    from (
      select i, at, app, way, amount, state, case when state = 'refunded' then amount else 0 end as refunded,
        (substr(stamp, 1, 8) || '-' || substr(stamp, 9) || '-7' || substr(mark, 1, 3) || '-a' || substr(mark, 4, 3) || '-'
          || substr(mark, 7, 12))::uuid as id
      from (
        select i, at, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as stamp,
          md5(${seed}::text || i::text) as mark,
          case when ${chance(1)} < 0.7 then 1 when ${chance(1)} < 0.9 then 2 when ${chance(1)} < 0.98 then 3 else 4 end as app,
          width_bucket(${chance(2)}, array[0, 0.30, 0.52, 0.67, 0.78, 0.86, 0.91, 0.945, 0.968, 0.982, 0.991, 0.996,
            0.998, 0.999, 0.9996, 0.9998]) as way,
          (100 + power(10, 1 + 4 * ${chance(3)}))::bigint as amount,
          case when i > ${rows}::bigint * 0.999 then 'waiting' when ${chance(4)} < 0.79 then 'paid'
            when ${chance(4)} < 0.91 then 'closed' when ${chance(4)} < 0.97 then 'declined' else 'refunded' end as state
        from (
          select i, timestamptz '2026-11-19 04:00:00Z'
            - make_interval(secs => floor((${rows}::bigint - i) / 2.0) * 2 * 63072000.0 / ${rows}::bigint) as at
          from generate_series(${first}::bigint, ${last}::bigint) as i
        ) as numbered
      ) as drawn
    ) as orders`;
}
