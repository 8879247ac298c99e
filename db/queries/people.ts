import { and, asc, desc, eq, gt, isNull, max, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { people, sessions } from "@/db/schema/people";
import { PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import { sessionIdleMinutes } from "@/lib/domain/session-life";
import type { Viewer } from "@/lib/domain/viewer";

export type PersonRow = {
  id: PersonId;
  name: string;
  email: string;
  role: Role;
  isActive: boolean;
  /** No password was chosen yet. */
  isInvited: boolean;
  createdAt: Date;
  /** The newest request of any session, to the minute. */
  lastSeenAt: Date | null;
};

/** Everybody, active people first, by name. */
export async function listPeople(_viewer: Viewer): Promise<PersonRow[]> {
  const rows = await selectPeople().orderBy(desc(people.isActive), asc(people.name), asc(people.id));
  return rows.map((row) => ({ ...row, id: PersonId.parse(row.id) }));
}

/** One person, or `null` for an id that is nobody's. */
export async function findPerson(_viewer: Viewer, personId: string): Promise<PersonRow | null> {
  const id = PersonId.safeParse(personId);
  if (!id.success) return null;
  const [row] = await selectPeople().where(eq(people.id, id.data));
  return row ? { ...row, id: id.data } : null;
}

function selectPeople() {
  return db()
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      role: people.role,
      isActive: people.isActive,
      isInvited: sql<boolean>`${people.passwordHash} is null`,
      createdAt: people.createdAt,
      lastSeenAt: max(sessions.lastSeenAt),
    })
    .from(people)
    .leftJoin(sessions, eq(sessions.personId, people.id))
    .groupBy(people.id)
    .$dynamic();
}

export type SessionRow = {
  id: SessionId;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isThisOne: boolean;
};

/** The viewer's own sessions that still open the console, the latest used first. */
export async function listOwnSessions(viewer: Viewer): Promise<SessionRow[]> {
  const rows = await db()
    .select({
      id: sessions.id,
      address: sessions.address,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.personId, viewer.personId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - make_interval(mins => ${sessionIdleMinutes})`),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
  return rows.map((row) => ({ ...row, id: SessionId.parse(row.id), isThisOne: row.id === viewer.sessionId }));
}
