import { randomBytes } from "node:crypto";
import { closeDb, openDatabase } from "@/db/client";
import { ensureMerchant, insertCredential, insertSecret } from "@/db/commands/credentials";
import { sealedValues } from "@/lib/credentials/add-credential";
import { openCredential } from "@/lib/credentials/open-credential";
import { otherSecrets } from "@/lib/credentials/other-secrets";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId, NotificationId, newId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { judgeNotification, readNotification } from "@/lib/gateway/notification";
import { readMessage } from "@/lib/notifications/read-message";
import { type BenchDatabase, dropBenchDatabase, ensureBenchDatabase } from "../server/database";
import type { Ends } from "../server/ends";
import { senderOfAll } from "./signed-messages";

const databaseName = "bench_timing";
const { mchNo } = senderOfAll;

/** A credential in each environment, and two ways to read forged messages to one of them. */
export async function openTwoEnvironments(database: BenchDatabase, ends: Ends) {
  await dropBenchDatabase(database, databaseName);
  await ensureBenchDatabase(database, databaseName);
  const key = () => randomBytes(32).toString("base64");
  Object.assign(process.env, { DATABASE_URL: database.url(databaseName), MASTER_KEY: key(), AUTH_SECRET: key() });
  ends.push(closeDb);
  const [known, unknown] = [randomBytes(12).toString("hex"), randomBytes(12).toString("hex")];
  await addCredential(database, "production", known);
  const credential = await openCredential(await addCredential(database, "test", randomBytes(12).toString("hex")));
  if (credential === null) throw new Error("the credential of the bench was not stored");

  const incoming = (body: Uint8Array) => ({ contentType: "application/x-www-form-urlencoded", query: "", body });
  const unsent = { kind: "payment", headers: [], sourceAddress: "127.0.0.1" } as const;
  return {
    /** As the product reads a message. */
    readForged: (body: Uint8Array) =>
      readMessage({ id: newId(NotificationId), ...unsent, headers: [], ...incoming(body) }, credential, () => 0),
    /** What must not be: nothing is tried where the named application is not there. */
    readWithoutStandIn: async (body: Uint8Array) => {
      const received = readNotification(incoming(body));
      const first = judgeNotification(received, "payment", credential.verifying);
      if (first.verdict === "unreadable") throw new Error(first.reason);
      const named = { mchNo: first.everything.textOf("mchNo"), appId: first.everything.textOf("appId") };
      const { isNamed, versions } = await otherSecrets("test", named);
      return isNamed ? judgeNotification(received, "payment", versions) : first;
    },
    /** The application of the other environment, and one that nobody has. */
    known,
    unknown,
  };
}

async function addCredential(database: BenchDatabase, environment: Environment, appId: string): Promise<CredentialId> {
  const credentialId = newId(CredentialId);
  const limits = { max: 1, statementTimeoutMs: 60_000, lockTimeoutMs: 10_000 };
  const { sql, db } = openDatabase(database.url(databaseName), limits);
  try {
    await db.transaction(async (tx) => {
      const place = { merchantId: await ensureMerchant(tx, { environment, mchNo }), credentialId };
      const values = { label: "Bench", baseUrl: "http://127.0.0.1:1", encoding: "json" as const, wayCodes: [] };
      await insertCredential(tx, place, { ...values, appId });
      const secret = new Secret(randomBytes(64).toString("hex"));
      await insertSecret(tx, { ...place, version: 1 }, sealedValues(secret, { ...place, version: 1 }));
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
  return credentialId;
}
