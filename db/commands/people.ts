import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invitations, people } from "@/db/schema/people";
import { PersonId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";

/** Returns whether the person was added; not when somebody with this e-mail address is there already. */
export async function insertPerson(
  tx: Tx,
  person: { id: PersonId; email: string; name: string; role: Role; passwordHash: string | null },
): Promise<boolean> {
  const added = await tx.insert(people).values(person).onConflictDoNothing().returning({ id: people.id });
  return added.length === 1;
}

export async function setPassword(tx: Tx, personId: PersonId, passwordHash: string): Promise<void> {
  await tx.update(people).set({ passwordHash, changedAt: sql`now()` }).where(eq(people.id, personId));
}

/** The stored hash, its row locked until the transaction ends; `null` for nobody, or before a password was chosen. */
export async function lockPassword(tx: Tx, personId: PersonId): Promise<string | null> {
  const [row] = await tx
    .select({ passwordHash: people.passwordHash })
    .from(people)
    .where(and(eq(people.id, personId), people.isActive))
    .for("update");
  return row?.passwordHash ?? null;
}

/** Returns the person as it was before the change, or `null` when there is no such person. */
export async function changePerson(
  tx: Tx,
  personId: PersonId,
  changes: { role: Role } | { isActive: boolean },
): Promise<{ email: string; role: Role; isActive: boolean } | null> {
  const [before] = await tx
    .select({ email: people.email, role: people.role, isActive: people.isActive })
    .from(people)
    .where(eq(people.id, personId))
    .for("update");
  if (!before) return null;
  await tx
    .update(people)
    .set({ ...changes, changedAt: sql`now()` })
    .where(eq(people.id, personId));
  return before;
}

/**
 * Whether somebody else is an active admin. Locks all of them, so that two admins who demote each other at the same
 * moment come one after the other.
 */
export async function hasOtherAdmin(tx: Tx, personId: PersonId): Promise<boolean> {
  const admins = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.role, "admin"), people.isActive))
    .orderBy(people.id)
    .for("update");
  return admins.some(({ id }) => id !== personId);
}

/** Makes a link and ends every earlier one of the person. Returns `null` when there is no such active person. */
export async function insertInvitation(
  tx: Tx,
  { personId, tokenHash, days }: { personId: PersonId; tokenHash: string; days: number },
): Promise<{ email: string; expiresAt: Date } | null> {
  const [person] = await tx
    .select({ email: people.email })
    .from(people)
    .where(and(eq(people.id, personId), people.isActive))
    .for("update");
  if (!person) return null;
  await tx
    .update(invitations)
    .set({ usedAt: sql`now()` })
    .where(and(eq(invitations.personId, personId), isNull(invitations.usedAt)));
  const [made] = await tx
    .insert(invitations)
    .values({ tokenHash, personId, expiresAt: sql`now() + make_interval(days => ${days})` })
    .returning({ expiresAt: invitations.expiresAt });
  return made ? { email: person.email, expiresAt: made.expiresAt } : null;
}

/** Uses a link up. Returns whom it invited, or `null` when it opens nothing (any more). */
export async function takeInvitation(tx: Tx, tokenHash: string): Promise<{ personId: PersonId; email: string } | null> {
  const [used] = await tx
    .update(invitations)
    .set({ usedAt: sql`now()` })
    .from(people)
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        isNull(invitations.usedAt),
        gt(invitations.expiresAt, sql`now()`),
        eq(people.id, invitations.personId),
        people.isActive,
      ),
    )
    .returning({ personId: people.id, email: people.email });
  return used ? { ...used, personId: PersonId.parse(used.personId) } : null;
}
