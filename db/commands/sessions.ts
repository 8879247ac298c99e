import { and, eq, isNull, lt, ne, sql } from "drizzle-orm";
import { type Db, db, type Tx } from "@/db/client";
import { sessions } from "@/db/schema/people";
import { newId, PersonId, SessionId } from "@/lib/domain/ids";
import { sessionLifeHours } from "@/lib/domain/session-life";

/** Opens a session for a person whose password was right. */
export async function openSession(
  tx: Tx,
  { personId, address, userAgent }: { personId: PersonId; address: string | null; userAgent: string | null },
): Promise<SessionId> {
  const id = newId(SessionId);
  await tx.insert(sessions).values({
    id,
    personId,
    address,
    userAgent: userAgent?.slice(0, 300) ?? null,
    expiresAt: sql`now() + make_interval(hours => ${sessionLifeHours})`,
  });
  return id;
}

/** Notes that a session is in use, at most once a minute however many requests come at once. */
export async function touchSession(sessionId: SessionId): Promise<void> {
  await db()
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`)));
}

/** Ends one session of a person. Returns whether this call ended it. */
export async function revokeSession(
  tx: Tx | Db,
  { personId, sessionId }: { personId: PersonId; sessionId: SessionId },
): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), eq(sessions.personId, personId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return ended.length === 1;
}

/** Ends whatever session an id names; used when a browser signs out and shows only its cookie. */
export async function endSession(tx: Tx, sessionId: SessionId): Promise<PersonId | null> {
  const [ended] = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ personId: sessions.personId });
  return ended ? PersonId.parse(ended.personId) : null;
}

/** Ends a person's sessions, all but the given one. Returns how many. */
export async function revokeSessionsOf(
  tx: Tx,
  { personId, except }: { personId: PersonId; except?: SessionId },
): Promise<number> {
  const others = except === undefined ? undefined : ne(sessions.id, except);
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.personId, personId), isNull(sessions.revokedAt), others))
    .returning({ id: sessions.id });
  return ended.length;
}
