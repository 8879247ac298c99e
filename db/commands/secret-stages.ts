import type { Sql } from "postgres";
import type { ProbeOutcome, SecretEnding } from "@/lib/domain/rotation";
import type { CredentialKey } from "./credentials";

/**
 * The steps of a rotation. Each is one transaction of the caller's, together with its entry in the audit; steps of one
 * credential wait for each other, and each happens only from the versions that its caller has seen.
 */
type Versions = { from: number; to: number };

/** `to`, which was pending, signs from now on and `from` only verifies. Returns whether that happened. */
export async function promotePending(
  sql: Sql,
  key: CredentialKey,
  { from, to, isSelfPromoted }: Versions & { isSelfPromoted: boolean },
): Promise<boolean> {
  if (!(await isAt(sql, key, { current: from, pending: to }))) return false;
  await sql`update credential_secrets set stage = 'previous' where ${one(sql, key, from)}`;
  await sql`
    update credential_secrets
    set stage = 'current', promoted_at = now(), is_self_promoted = ${isSelfPromoted}::boolean, probe = 'taken', probed_at = now()
    where ${one(sql, key, to)}`;
  return true;
}

/** `to`, which only verified since `from` was promoted, signs again, and `from` is pending again. */
export async function demoteCurrent(sql: Sql, key: CredentialKey, { from, to }: Versions): Promise<boolean> {
  if (!(await isAt(sql, key, { current: from, previous: to }))) return false;
  await sql`
    update credential_secrets set stage = 'pending', promoted_at = null, is_self_promoted = false
    where ${one(sql, key, from)}`;
  await sql`
    update credential_secrets set stage = 'current', promoted_at = now(), is_self_promoted = false, probe = 'taken', probed_at = now()
    where ${one(sql, key, to)}`;
  return true;
}

/** The version that only verified since `current` was promoted does nothing any more. */
export async function retirePrevious(
  sql: Sql,
  key: CredentialKey,
  { current, previous, ending }: { current: number; previous: number; ending: SecretEnding },
): Promise<boolean> {
  if (!(await isAt(sql, key, { current, previous }))) return false;
  await sql`
    update credential_secrets set stage = 'retired', ending = ${ending}, ended_at = now()
    where ${one(sql, key, previous)}`;
  return true;
}

/** The pending version goes without ever having signed. */
export async function abortPending(sql: Sql, key: CredentialKey, pending: number): Promise<boolean> {
  if (!(await isAt(sql, key, { pending }))) return false;
  await sql`
    update credential_secrets set stage = 'retired', ending = 'aborted', ended_at = now() where ${one(sql, key, pending)}`;
  return true;
}

/** Notes what the gateway made of a question signed with a version. */
export async function noteProbe(
  sql: Sql,
  key: CredentialKey,
  { version, probe }: { version: number; probe: ProbeOutcome },
): Promise<void> {
  await sql`update credential_secrets set probe = ${probe}, probed_at = now() where ${one(sql, key, version)}`;
}

/** Whether these versions stand where the caller has seen them. Nobody moves them until the transaction ends. */
async function isAt(
  sql: Sql,
  { merchantId, credentialId }: CredentialKey,
  seen: { current?: number; pending?: number; previous?: number },
): Promise<boolean> {
  // Not `for update`: every notification looks at this row by its foreign key, and must not wait.
  await sql`
    select 1 from credentials where merchant_id = ${merchantId}::uuid and id = ${credentialId}::uuid for no key update`;
  const rows = await sql<{ stage: string; version: number }[]>`
    select stage, version from credential_secrets
    where merchant_id = ${merchantId}::uuid and credential_id = ${credentialId}::uuid and stage <> 'retired'`;
  return Object.entries(seen).every(([stage, version]) =>
    rows.some((row) => row.stage === stage && row.version === version),
  );
}

function one(sql: Sql, { merchantId, credentialId }: CredentialKey, version: number) {
  return sql`merchant_id = ${merchantId}::uuid and credential_id = ${credentialId}::uuid and version = ${version}::int`;
}
