import type { Sql } from "postgres";
import type { Tx } from "@/db/client";
import { auditEntries } from "@/db/schema/people";
import type { Actor } from "@/lib/domain/actor";
import type { Environment } from "@/lib/domain/environment";
import { AuditEntryId, newId } from "@/lib/domain/ids";

export type AuditNote = {
  actor: Actor;
  /** What was done, as `thing.done`: `credential.added`, `person.deactivated`. */
  action: string;
  environment: Environment | null;
  /** What it was done to, as `kind:id`. */
  subject: string;
  /** What a reader needs beside that. Never a secret, not even a part of one. */
  details: Record<string, string | number | boolean | null>;
  /** Where the request came from, when it came over the network. */
  address: string | null;
};

/** Notes who did what. Belongs into the transaction of the change itself, so that neither exists without the other. */
export async function recordAudit(tx: Tx, { actor, ...note }: AuditNote): Promise<void> {
  await tx.insert(auditEntries).values({ id: newId(AuditEntryId), actor: nameOf(actor), ...note });
}

/** The same for a change whose commands are written for the driver. */
export async function noteAudit(sql: Sql, { actor, ...note }: AuditNote): Promise<void> {
  await sql`
    insert into audit_entries (id, actor, action, environment, subject, details, address)
    values (${newId(AuditEntryId)}::uuid, ${nameOf(actor)}, ${note.action}, ${note.environment}::text, ${note.subject},
      ${JSON.stringify(note.details)}::jsonb, ${note.address}::text)`;
}

/** A person's id, else the kind of the actor. */
function nameOf(actor: Actor): string {
  return actor.kind === "person" ? actor.personId : actor.kind;
}
