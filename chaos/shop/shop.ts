import { randomBytes, randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { closeDb, openDatabase } from "@/db/client";
import { ensureMerchant, insertCredential, insertSecret, updateCredential } from "@/db/commands/credentials";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { migrateDatabase } from "@/db/migrate";
import { seal } from "@/lib/credentials/seal";
import { marksOf } from "@/lib/credentials/secret-marks";
import { CredentialId, type MerchantId, newId, PersonId, SessionId } from "@/lib/domain/ids";
import type { NoticeRule } from "@/lib/domain/notice-rule";
import type { Role } from "@/lib/domain/roles";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { installClock } from "./database-clock";

/** A database of its own with one merchant, on which the product of this process works. */
export type Shop = {
  databaseUrl: string;
  /** The harness's own connections, beside those of the product. */
  sql: Sql;
  merchantId: MerchantId;
  credentialId: CredentialId;
  sender: Sender;
  scopeOf(role: Role): Promise<Scope>;
  close(): Promise<void>;
};

export type Sender = { mchNo: string; appId: string; secret: string; baseUrl: string };

/** Invented, like every key here. */
export const inventedSender: Sender = {
  mchNo: "M1621873433953",
  appId: "60cc09bce4b0f1c0b83761c9",
  secret: "invented-secret-of-a-pretend-application",
  baseUrl: "https://gateway.invalid",
};

/** One per process: the product reads its settings once. */
export async function openShop(
  serverUrl: string,
  {
    sender = inventedSender,
    publicUrl = "https://shop.invalid",
    rule = { payments: null, refunds: null },
    isDurable = false,
  }: { sender?: Sender; publicUrl?: string; rule?: NoticeRule; isDurable?: boolean } = {},
): Promise<Shop> {
  const name = `chaos_${randomUUID().replaceAll("-", "")}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  await migrateDatabase(databaseUrl);
  await installClock(databaseUrl);
  // Most campaigns are not about durability, and the disk would be most of the time.
  if (!isDurable) await admin`alter database ${admin(name)} set synchronous_commit = off`;
  await admin`alter database ${admin(name)} set plan_cache_mode = force_generic_plan`;
  await admin`alter database ${admin(name)} set jit = off`;
  const masterKey = randomBytes(32);
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    MASTER_KEY: masterKey.toString("base64"),
    AUTH_SECRET: randomBytes(32).toString("base64"),
    PUBLIC_URL: publicUrl,
  });
  const { sql, db } = openDatabase(databaseUrl, { max: 4, statementTimeoutMs: 600_000, lockTimeoutMs: 60_000 });
  const credentialId = newId(CredentialId);
  const merchantId = await db.transaction(async (tx) => {
    const made = await ensureMerchant(tx, { environment: "test", mchNo: sender.mchNo });
    const key = { merchantId: made, credentialId };
    const values = { label: "Chaos", baseUrl: sender.baseUrl, encoding: "json" as const, wayCodes: [] };
    await insertCredential(tx, key, { ...values, appId: sender.appId });
    // Usually a message moves what it is about alone: most campaigns are about what messages do.
    const alone = { paymentsAloneUpTo: rule.payments, refundsAloneUpTo: rule.refunds };
    await updateCredential(tx, { merchantIds: [made], credentialId }, alone);
    const secret = new Secret(sender.secret);
    await insertSecret(
      tx,
      { ...key, version: 1 },
      { ...seal(secret, { ...key, version: 1 }, masterKey), ...marksOf(secret) },
    );
    return made;
  });
  // Refunds leave at once; the hold and its stop have tests of their own.
  await setHoldSeconds(sql, "test", 0);
  return {
    databaseUrl,
    sql,
    merchantId,
    credentialId,
    sender,
    scopeOf: (role) => scopeOf(sql, role),
    close: async () => {
      await Promise.all([closeDb(), sql.end({ timeout: 5 })]);
      await admin`drop database if exists ${admin(name)} with (force)`;
      await admin.end({ timeout: 5 });
    },
  };
}

/** What `lib/auth` would make of a signed-in person. */
async function scopeOf(sql: Sql, role: Role): Promise<Scope> {
  const personId = newId(PersonId);
  await sql`insert into people (id, email, name, role) values (${personId}, ${`${personId}@example.test`}, 'Mei Lam', ${role})`;
  const merchants = await sql`select merchant_id as "merchantId", mch_no as "mchNo", label from merchants`;
  const viewer = { personId, sessionId: newId(SessionId), name: "Mei Lam", email: "", role };
  return { viewer, environment: "test", merchants } as unknown as Scope;
}
