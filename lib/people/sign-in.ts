import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { openSession } from "@/db/commands/sessions";
import { type Attempts, countAttempt, forgetOldAttempts, forgiveAttempt } from "@/db/commands/sign-in-limits";
import { findSignIn } from "@/db/queries/people-sign-in";
import type { SessionId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { log } from "@/lib/log/log";
import { passwordMatches } from "./password";
import { limitKeys, mostFailures, windowMinutes } from "./sign-in-limits";

type SignInAttempt = { email: string; password: string; address: string | null; userAgent: string | null };

/**
 * Opens a session for the right password. A wrong password, an unknown account, a deactivated one and one without a
 * password yet give the same answer after the same work.
 *
 * @returns problems: `wrong-sign-in`, `too-many-attempts`
 */
export async function signIn(attempt: SignInAttempt): Promise<Result<SessionId, Problem>> {
  const { address, userAgent } = attempt;
  const email = attempt.email.trim().toLowerCase().slice(0, 200);
  const person = await findSignIn(email, address);
  const keys = limitKeys({ email, address, isFamiliar: person?.isFamiliar ?? false });
  const attempts = await countAttempt([keys.account, keys.address], { windowMinutes });
  const seconds = waitFor(attempts, keys);
  if (seconds > 0) {
    log.warn({ address, account: keys.account }, "too many failed sign-ins");
    return err(tooMany(seconds));
  }
  const isRight = await passwordMatches(person?.passwordHash ?? null, attempt.password);
  if (!isRight || !person?.isActive) {
    log.info({ address, account: keys.account }, "a sign-in failed");
    return err(wrong);
  }
  const { personId } = person;
  return ok(
    await inTransaction(async (tx) => {
      await forgiveAttempt(tx, keys);
      await forgetOldAttempts(tx);
      const sessionId = await openSession(tx, { personId, address, userAgent });
      const actor = { kind: "person", personId } as const;
      const subject = `session:${sessionId}`;
      await recordAudit(tx, { actor, action: "session.opened", environment: null, subject, details: {}, address });
      return sessionId;
    }),
  );
}

/** Seconds until the next attempt is looked at; zero when this one is. */
function waitFor(attempts: Map<string, Attempts>, keys: { account: string; address: string }): number {
  return Math.max(
    over(attempts.get(keys.account), mostFailures.account),
    over(attempts.get(keys.address), mostFailures.address),
  );
}

function over(attempts: Attempts | undefined, most: number): number {
  return attempts !== undefined && attempts.failures > most ? Math.max(1, attempts.secondsLeft) : 0;
}

const wrong = problem("wrong-sign-in", "E-mail address and password do not belong together.");

function tooMany(seconds: number): Problem {
  const minutes = Math.ceil(seconds / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return problem("too-many-attempts", `Too many wrong passwords. The next try counts in ${wait}.`);
}
