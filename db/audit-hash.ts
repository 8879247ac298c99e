import { createHash } from "node:crypto";

/** An entry of the audit as the database tells it, every column of it as text. */
export type AuditRecord = {
  id: string;
  /** Milliseconds since 1970. */
  at: string;
  actor: string;
  action: string;
  environment: string | null;
  subject: string;
  /** As jsonb prints it: names in one order, whoever wrote them. */
  details: string;
  address: string | null;
};

/** The columns of `AuditRecord`, of a relation named `entry`. */
export const auditRecordColumns = `
  entry.id::text, (extract(epoch from entry.at) * 1000)::bigint::text as at, entry.actor, entry.action,
  entry.environment, entry.subject, entry.details::text, entry.address`;

/**
 * The seal of an entry: 32 bytes that follow from it and from the seal before it, so from everything before it. Null
 * stands for the beginning.
 */
export function auditHash(before: Uint8Array | null, entry: AuditRecord): Buffer {
  const { id, at, actor, action, environment, subject, details, address } = entry;
  const text = JSON.stringify(["audit 1", id, at, actor, action, environment, subject, details, address]);
  return createHash("sha256")
    .update(before ?? new Uint8Array(32))
    .update(text)
    .digest();
}
