import type { Sql } from "postgres";
import { type AuditRecord, auditHash, auditRecordColumns } from "@/db/audit-hash";

/** The last seal: who keeps it elsewhere can tell later that nothing before it was changed or cut off. */
export type AuditHead = { sealNo: number /** In hex. */; hash: string };

/**
 * How long after its beginning a transaction may still bring an entry. What turns up later with an older time did not
 * come from here, and stays without a seal for the check to find.
 */
export const latestEntrySeconds = 3_600;

/**
 * Seals the oldest entries that have no seal yet, in a transaction of its own. Not in those that made them: a chain in
 * their way would let one person wait for another.
 *
 * @returns how many, and the head afterwards when there are any; null while another process is at it
 */
export async function sealAudit(sql: Sql, most: number): Promise<{ sealed: number; head: AuditHead | null } | null> {
  const [lock] = await sql<{ held: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtext('countersign.audit-seals')) as held`;
  if (!lock?.held) return null;
  const [last] = await sql<{ sealNo: string; hash: Buffer }[]>`
    select seal_no as "sealNo", hash from audit_seals order by seal_no desc limit 1`;
  const entries = await unsealed(sql, most);
  let sealNo = Number(last?.sealNo ?? 0);
  let hash = last?.hash ?? null;
  const seals = entries.map((entry) => {
    hash = auditHash(hash, entry);
    sealNo += 1;
    return { seal_no: sealNo, entry_id: entry.id, hash };
  });
  if (seals.length > 0) await sql`insert into audit_seals ${sql(seals, "seal_no", "entry_id", "hash")}`;
  return { sealed: seals.length, head: hash && { sealNo, hash: hash.toString("hex") } };
}

async function unsealed(sql: Sql, most: number): Promise<AuditRecord[]> {
  return sql<AuditRecord[]>`
    select ${sql.unsafe(auditRecordColumns)} from audit_entries as entry
    where at >= coalesce(
        (select sealed_at from audit_seals order by seal_no desc limit 1) - make_interval(secs => ${latestEntrySeconds}),
        '-infinity')
      and not exists (select from audit_seals where entry_id = entry.id)
    order by at, id
    limit ${most}`;
}
