import type { Sql } from "postgres";
import { type AuditRecord, auditHash, auditRecordColumns } from "@/db/audit-hash";
import { sqlClient } from "@/db/client";
import { type AuditHead, latestEntrySeconds } from "@/db/commands/audit-seals";

/** The first thing in the audit that is not as it was written. Either number may be all that is left of it. */
export type AuditFault = { sealNo: number | null; entryId: string | null; what: string };

export type AuditProof = {
  /** How many entries stand as they were sealed. */
  sealed: number;
  /** Entries of the last moments, which get their seals soon. */
  waiting: number;
  head: AuditHead | null;
  fault: AuditFault | null;
};

/** The last seal; null before the first. */
export async function readAuditHead(sql: Sql = sqlClient()): Promise<(AuditHead & { sealedAt: Date }) | null> {
  const [last] = await sql<{ sealNo: string; hash: string; sealedAt: string }[]>`
    select seal_no as "sealNo", encode(hash, 'hex') as hash, sealed_at as "sealedAt"
    from audit_seals order by seal_no desc limit 1`;
  return last ? { ...last, sealNo: Number(last.sealNo), sealedAt: new Date(last.sealedAt) } : null;
}

/**
 * Reads the whole audit and follows its chain, as of one moment.
 *
 * Finds every entry that was changed, taken away, put in beside the chain or given the place of another, and a chain
 * whose end was cut off as far as a head of it was kept elsewhere. Who may change the tables and rewrites the whole chain
 * is found by such a head alone.
 *
 * @param heads  kept elsewhere before
 */
export async function proveAudit(heads: readonly AuditHead[] = []): Promise<AuditProof> {
  const read = (transaction: unknown) => prove(transaction as Sql, heads);
  return (await sqlClient().begin("isolation level repeatable read read only", read)) as AuditProof;
}

type Link = { sealNo: string; hash: Buffer; entryId: string } & {
  [Name in keyof AuditRecord]: AuditRecord[Name] | null;
};

async function prove(sql: Sql, heads: readonly AuditHead[]): Promise<AuditProof> {
  await sql`set local statement_timeout = 0`;
  const kept = new Map(heads.map(({ sealNo, hash }) => [sealNo, hash.toLowerCase()]));
  let before: Buffer | null = null;
  let sealed = 0;
  const headNow = () => before && { sealNo: sealed, hash: before.toString("hex") };
  const found = (fault: AuditFault): AuditProof => ({ sealed, waiting: 0, head: headNow(), fault });
  const links = sql<Link[]>`
    select seal_no as "sealNo", hash, entry_id::text as "entryId", ${sql.unsafe(auditRecordColumns)}
    from audit_seals left join audit_entries as entry on entry.id = audit_seals.entry_id
    order by seal_no`.cursor(1_000);
  for await (const batch of links) {
    for (const link of batch) {
      const fault = faultOf(link, { before, due: sealed + 1, kept });
      if (fault) return found(fault);
      before = link.hash;
      sealed += 1;
    }
  }
  const further = [...kept.keys()].filter((sealNo) => sealNo > sealed);
  if (further.length > 0) {
    const what = `The chain was cut off: it reached seal ${Math.max(...further)} once, and ends at seal ${sealed}.`;
    return found({ sealNo: sealed + 1, entryId: null, what });
  }
  const [beside] = await sql<{ id: string }[]>`
    select id from audit_entries as entry
    where at < (select sealed_at from audit_seals order by seal_no desc limit 1)
        - make_interval(secs => ${latestEntrySeconds})
      and not exists (select from audit_seals where entry_id = entry.id)
    order by at, id limit 1`;
  if (beside) {
    const what = "This entry has no seal and is older than the last one: it was put in later.";
    return found({ sealNo: null, entryId: beside.id, what });
  }
  const [rest] = await sql<{ count: string }[]>`
    select count(*) from audit_entries as entry
    where not exists (select from audit_seals where entry_id = entry.id)`;
  return { sealed, waiting: Number(rest?.count ?? 0), head: headNow(), fault: null };
}

type Chain = { before: Buffer | null; due: number; kept: ReadonlyMap<number, string> };

function faultOf(link: Link, { before, due, kept }: Chain): AuditFault | null {
  const sealNo = Number(link.sealNo);
  const { entryId } = link;
  if (sealNo !== due) return { sealNo: due, entryId: null, what: `Seal ${due} was taken away.` };
  if (link.id === null) return { sealNo, entryId, what: `The entry of seal ${sealNo} was taken away.` };
  // With its id, every column that may not be null is there.
  if (!auditHash(before, link as AuditRecord).equals(link.hash)) {
    return { sealNo, entryId, what: `This entry, or its seal ${sealNo}, is not what was written.` };
  }
  const head = kept.get(sealNo);
  if (head !== undefined && head !== link.hash.toString("hex")) {
    return { sealNo, entryId, what: `The chain up to seal ${sealNo} is not the one whose head was kept.` };
  }
  return null;
}
