import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { lockPassword, setPassword } from "@/db/commands/people";
import { endSession, revokeSession, revokeSessionsOf } from "@/db/commands/sessions";
import { countAttempt, forgiveAttempt } from "@/db/commands/sign-in-limits";
import { SessionId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Viewer } from "@/lib/domain/viewer";
import { hashPassword, newPasswordFor, passwordMatches } from "./password";
import { limitKeys, mostFailures, windowMinutes } from "./sign-in-limits";

/** Chooses another password, with the present one as proof. Every other session of the person ends. Gives their number. */
export async function changeOwnPassword(
  viewer: Viewer,
  { password, newPassword }: { password: string; newPassword: string },
  address: string | null,
): Promise<Result<number, Problem>> {
  const chosen = newPasswordFor(viewer.email).safeParse(newPassword);
  if (!chosen.success) return err(atField("newPassword", chosen.error.issues.map(({ message }) => message).join(" ")));
  // Guessing here must not be easier than at the door.
  const keys = limitKeys({ email: viewer.email, address, isFamiliar: true });
  const attempts = await countAttempt([keys.account], { windowMinutes });
  if ((attempts.get(keys.account)?.failures ?? 0) > mostFailures.account) return err(tooMany);
  const present = await inTransaction((tx) => lockPassword(tx, viewer.personId));
  if (!(await passwordMatches(present, password)))
    return err(atField("password", "This is not your present password."));
  const passwordHash = await hashPassword(chosen.data);
  return inTransaction(async (tx) => {
    // Somebody who changed it in the meantime knew it too.
    if ((await lockPassword(tx, viewer.personId)) !== present)
      return err(atField("password", "It was changed just now."));
    await setPassword(tx, viewer.personId, passwordHash);
    await forgiveAttempt(tx, keys);
    const ended = await revokeSessionsOf(tx, { personId: viewer.personId, except: viewer.sessionId });
    await recordAudit(tx, {
      actor: { kind: "person", personId: viewer.personId },
      action: "person.password-changed",
      environment: null,
      subject: `person:${viewer.personId}`,
      details: { endedSessions: ended },
      address,
    });
    return ok(ended);
  });
}

/** Ends one of the viewer's own sessions, this one or another. */
export async function endOwnSession(
  viewer: Viewer,
  { sessionId }: { sessionId: string },
  address: string | null,
): Promise<Result<SessionId, Problem>> {
  const id = SessionId.safeParse(sessionId);
  if (!id.success) return err(noSession);
  return inTransaction(async (tx) => {
    if (!(await revokeSession(tx, { personId: viewer.personId, sessionId: id.data }))) return err(noSession);
    await recordAudit(tx, {
      actor: { kind: "person", personId: viewer.personId },
      action: "session.ended",
      environment: null,
      subject: `session:${id.data}`,
      details: { isOwnBrowser: id.data === viewer.sessionId },
      address,
    });
    return ok(id.data);
  });
}

/** Ends the session that a browser shows while it forgets its cookie. */
export async function signOut(sessionId: SessionId): Promise<void> {
  await inTransaction(async (tx) => {
    const personId = await endSession(tx, sessionId);
    if (personId === null) return;
    const actor = { kind: "person", personId } as const;
    const subject = `session:${sessionId}`;
    const details = { isOwnBrowser: true };
    await recordAudit(tx, { actor, action: "session.ended", environment: null, subject, details, address: null });
  });
}

const noSession = problem("unknown-session", "This session has ended already.");
const tooMany = problem("too-many-attempts", "Too many wrong passwords. Wait a quarter of an hour.");

function atField(field: "password" | "newPassword", message: string): Problem {
  return problem("password-refused", message, { [field]: [message] });
}
