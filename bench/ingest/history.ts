import { say } from "@/scripts/start/say.mjs";
import { startLoad } from "../load/load";
import type { Options } from "../options";
import type { Report } from "../report";
import type { BenchDatabase } from "../server/database";
import { type Ends, runEnds } from "../server/ends";
import { type Counted, counted, quieten } from "./counters";
import type { Shop } from "./shop";

type About = { options: Options; database: BenchDatabase; report: Report; shop: Shop };

const messages = 1_000;

/** Whether a notification costs more when there is much history: bytes of the log and pages touched, before and after (P6). */
export async function measureHistory({ options, database, report, shop }: About): Promise<void> {
  const ends: Ends = [];
  try {
    await quieten(database, true);
    ends.push(() => quieten(database, false));
    const load = startLoad("bench/ref-sql/main.ts", ends);
    const name = new URL(shop.databaseUrl).pathname.slice(1);
    const { sender, credentialId, merchantId, databaseUrl } = shop;
    const send = async (count: number) => {
      const first = await shop.openPayments(count);
      const job = { sender, credentialId, merchantId, first, distinct: count, times: 1, shape: "known" as const };
      return counted(database, name, async () => {
        await load.run({ ...job, target: databaseUrl, connections: 1 }, () => undefined);
      });
    };
    await send(messages);
    const young = await send(messages);
    say(`making a history of ${options.rows} payments and as many notifications`);
    await addHistory(shop, options.rows);
    await send(messages);
    const old = await send(messages);
    const compare = (metric: string, unit: string, of: (counts: Counted) => number) => {
      const ratio = of(old) / of(young);
      report.ratio(
        `${metric} per notification with ${options.rows} payments and notifications`,
        {
          value: of(old) / messages,
          unit,
          reference: "empty tables",
          ratio: { median: ratio, low: ratio, high: ratio },
        },
        { atMost: 1.15 },
      );
    };
    compare("WAL", "bytes", ({ walBytes }) => walBytes);
    compare("pages", "pages", ({ ingestPages }) => ingestPages);
  } finally {
    await runEnds(ends);
  }
}

/** Payments that ended long ago, each with its message and two entries, spread over a year. */
async function addHistory({ sql, merchantId, credentialId }: Shop, rows: number): Promise<void> {
  const perBatch = 100_000;
  for (let from = 0; from < rows; from += perBatch) {
    await sql.begin(async (tx) => {
      // Everything that a foreign key would look up is made here.
      await tx`set local session_replication_role = replica`;
      await tx`
        with past as materialized (
          select i, uuidv7(ago) as payment_id, uuidv7(ago) as id, now() + ago as at
          from generate_series(${from}::bigint, ${Math.min(rows, from + perBatch) - 1}::bigint) as i,
            lateral (select make_interval(secs => -31e6 + 30e6 * i / ${rows}::float8) as ago) as times
        ), paid as (
          insert into payments (
            merchant_id, id, credential_id, mch_order_no, pay_order_id, channel_order_no, way_code, amount, currency,
            subject, body, expired_time_seconds, state, gateway_state, proven_by, paid_at, expires_at, created_at, changed_at
          )
          select ${merchantId}::uuid, payment_id, ${credentialId}::uuid, 'H-' || lpad(i::text, 9, '0'),
            'P18' || lpad(i::text, 16, '0'), '41000000002026' || lpad(i::text, 14, '0'), 'WX_QR', 1000 + i % 9000, 'HKD',
            'Coffee', 'Coffee x1', 7200, 'paid', 2, 'notification', at, at, at, at from past
        ), told as (
          insert into notifications (
            merchant_id, id, credential_id, kind, dedup, authenticity, verdict, secret_version, order_no, gateway_state,
            payment_id, effect, received_at, last_received_at
          )
          select ${merchantId}::uuid, id, ${credentialId}::uuid, 'payment', sha256(i::text::bytea), 'valid', 'valid', 1,
            'H-' || lpad(i::text, 9, '0'), 2, payment_id, 'waiting>paid', at, at from past
        ), kept as (
          insert into notification_bodies (merchant_id, id, query, body, headers)
          select ${merchantId}::uuid, id, '', convert_to(repeat(i::text || '&', 60), 'UTF8'), '[]'::jsonb from past
        )
        insert into timeline_entries (merchant_id, id, payment_id, kind, actor, notification_id, details, at)
        select ${merchantId}::uuid, uuidv7(at - now()), payment_id, kind, 'gateway', past.id, '{}'::jsonb, at
        from past, unnest(array['notification', 'change']) as kind`;
    });
  }
  for (const table of ["payments", "notifications", "notification_bodies", "timeline_entries"]) {
    await sql.unsafe(`vacuum (analyze) ${table}`);
  }
}
