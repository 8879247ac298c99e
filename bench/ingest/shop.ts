import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import { openDatabase } from "@/db/client";
import { ensureMerchant, insertCredential, insertSecret } from "@/db/commands/credentials";
import { seal } from "@/lib/credentials/seal";
import { marksOf } from "@/lib/credentials/secret-marks";
import { CredentialId, type MerchantId, newId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { type BenchDatabase, dropBenchDatabase, ensureBenchDatabase } from "../server/database";
import type { Ends } from "../server/ends";

/** A merchant with a credential, and as many open payments as messages need. */
export type Shop = {
  sql: Sql;
  databaseUrl: string;
  /** The keys a server needs to read the shop's secret. Made for this run. */
  keys: { MASTER_KEY: string; AUTH_SECRET: string };
  sender: { mchNo: string; appId: string; secret: string };
  merchantId: MerchantId;
  credentialId: CredentialId;
  /** Makes open payments and returns the index of the first. */
  openPayments: (count: number) => Promise<number>;
};

const databaseName = "bench_ingest";

export async function openShop(database: BenchDatabase, ends: Ends): Promise<Shop> {
  await dropBenchDatabase(database, databaseName);
  await ensureBenchDatabase(database, databaseName);
  const databaseUrl = database.url(databaseName);
  const { sql, db } = openDatabase(databaseUrl, { max: 2, statementTimeoutMs: 600_000, lockTimeoutMs: 10_000 });
  ends.push(() => sql.end({ timeout: 5 }));
  const masterKey = randomBytes(32);
  const keys = { MASTER_KEY: masterKey.toString("base64"), AUTH_SECRET: randomBytes(32).toString("base64") };
  const sender = {
    mchNo: "M1621873433953",
    appId: "60cc09bce4b0f1c0b83761c9",
    secret: randomBytes(24).toString("hex"),
  };
  const credentialId = newId(CredentialId);
  const merchantId = await db.transaction(async (tx) => {
    const made = await ensureMerchant(tx, { environment: "test", mchNo: sender.mchNo });
    const key = { merchantId: made, credentialId };
    const values = { label: "Bench", baseUrl: "http://127.0.0.1:1", encoding: "json" as const, wayCodes: [] };
    await insertCredential(tx, key, { ...values, appId: sender.appId });
    const secret = new Secret(sender.secret);
    const sealed = seal(secret, { ...key, version: 1 }, masterKey);
    await insertSecret(tx, { ...key, version: 1 }, { ...sealed, ...marksOf(secret) });
    return made;
  });
  let next = 0;
  const openPayments = async (count: number) => {
    const first = next;
    next += count;
    await insertPayments(sql, { merchantId, credentialId, first, count });
    return first;
  };
  return { sql, databaseUrl, keys, sender, merchantId, credentialId, openPayments };
}

/** Waiting payments as they are after the gateway has answered their order; numbers and sums as in load/messages. */
async function insertPayments(
  sql: Sql,
  about: { merchantId: MerchantId; credentialId: CredentialId; first: number; count: number },
): Promise<void> {
  await sql`
    insert into payments (
      merchant_id, id, credential_id, mch_order_no, pay_order_id, way_code, amount, currency, subject, body, client_ip,
      expired_time_seconds, state, gateway_state, proven_by, expires_at, next_ask_at, sent_at
    )
    select ${about.merchantId}::uuid, uuidv7(), ${about.credentialId}::uuid, 'B-' || lpad(i::text, 9, '0'),
      'P19' || lpad(i::text, 16, '0'), 'WX_QR', 1000 + i % 9000, 'HKD', 'Coffee', 'Coffee x1', '203.0.113.7',
      7200, 'waiting', 1, 'answer', now() + interval '2 hours', now() + interval '1 minute', now()
    from generate_series(${about.first}::bigint, ${about.first + about.count - 1}::bigint) as i`;
  await sql`analyze payments`;
}
