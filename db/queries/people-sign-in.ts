import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { invitations, people, sessions } from "@/db/schema/people";
import { PersonId } from "@/lib/domain/ids";

type SignInCandidate = {
  personId: PersonId;
  passwordHash: string | null;
  isActive: boolean;
  /** Somebody signed in to this account from this address before. */
  isFamiliar: boolean;
};

/** The account of an e-mail address, before anybody proved to own it. For the sign-in alone. */
export async function findSignIn(email: string, address: string | null): Promise<SignInCandidate | null> {
  const before = db()
    .select({ one: sql`1` })
    .from(sessions)
    .where(and(eq(sessions.personId, people.id), eq(sessions.address, address ?? "")));
  const [row] = await db()
    .select({
      personId: people.id,
      passwordHash: people.passwordHash,
      isActive: people.isActive,
      isFamiliar: sql<boolean>`exists ${before}`,
    })
    .from(people)
    .where(eq(people.email, email))
    .limit(1);
  return row ? { ...row, personId: PersonId.parse(row.personId) } : null;
}

/** Whom a link invites; `null` when it was used, is too old, was replaced, or was never made. */
export async function findInvited(tokenHash: string): Promise<{ name: string; email: string } | null> {
  const [row] = await db()
    .select({ name: people.name, email: people.email })
    .from(invitations)
    .innerJoin(people, eq(people.id, invitations.personId))
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        isNull(invitations.usedAt),
        gt(invitations.expiresAt, sql`now()`),
        people.isActive,
      ),
    )
    .limit(1);
  return row ?? null;
}
