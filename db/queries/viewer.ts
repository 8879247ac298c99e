import { and, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { consoleAccess } from "@/db/schema/console-access";
import { merchants } from "@/db/schema/merchants";
import { people, sessions } from "@/db/schema/people";
import type { ConsoleAccess } from "@/lib/domain/console-access";
import type { Environment } from "@/lib/domain/environment";
import { MerchantId, PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import { sessionIdleMinutes } from "@/lib/domain/session-life";
import type { ScopeMerchant } from "@/lib/domain/viewer";

export type LiveSession = {
  personId: PersonId;
  sessionId: SessionId;
  name: string;
  email: string;
  role: Role;
  /** It was noted as seen long enough ago to note it again. */
  isDueForTouch: boolean;
  /** From where people may come: read along, because every request asks. */
  access: ConsoleAccess;
};

/** The person behind a session, as the rows say now. `null` when it ended in any way, or the person may not sign in. */
export async function findLiveSession(sessionId: SessionId): Promise<LiveSession | null> {
  const [row] = await db()
    .select({
      personId: people.id,
      sessionId: sessions.id,
      name: people.name,
      email: people.email,
      role: people.role,
      isDueForTouch: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
      console: consoleAccess.consoleAddresses,
      settings: consoleAccess.settingsAddresses,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(consoleAccess, sql`true`)
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - make_interval(mins => ${sessionIdleMinutes})`),
        people.isActive,
      ),
    )
    .limit(1);
  if (!row) return null;
  const { console: everything, settings, ...session } = row;
  return {
    ...session,
    personId: PersonId.parse(session.personId),
    sessionId: SessionId.parse(session.sessionId),
    access: { console: everything ?? [], settings: settings ?? [] },
  };
}

/** Every merchant of one environment, oldest first. */
export async function merchantsOf(environment: Environment): Promise<ScopeMerchant[]> {
  const rows = await db()
    .select({ merchantId: merchants.merchantId, mchNo: merchants.mchNo, label: merchants.label })
    .from(merchants)
    .where(eq(merchants.environment, environment))
    .orderBy(merchants.createdAt, merchants.merchantId);
  return rows.map((row) => ({ ...row, merchantId: MerchantId.parse(row.merchantId) }));
}

/** Names of active people with one of these roles, beside `except`: whom somebody may ask for help. At most five. */
export async function namesOfPeopleWith(roles: readonly Role[], except: PersonId | null = null): Promise<string[]> {
  const rows = await db()
    .select({ name: people.name })
    .from(people)
    .where(and(inArray(people.role, [...roles]), people.isActive, except === null ? undefined : ne(people.id, except)))
    .orderBy(people.name)
    .limit(5);
  return rows.map((row) => row.name);
}
