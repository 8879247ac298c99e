import { createHash, randomBytes } from "node:crypto";
import { inTransaction, type Tx } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { insertInvitation, setPassword, takeInvitation } from "@/db/commands/people";
import { revokeSessionsOf } from "@/db/commands/sessions";
import { findInvited } from "@/db/queries/people-sign-in";
import { settings } from "@/lib/config/settings";
import { PersonId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Viewer } from "@/lib/domain/viewer";
import { hashPassword, newPasswordFor } from "./password";

/** A link that lets one person choose a password once. It is shown when it is made and can never be shown again. */
export type Invitation = { url: string; expiresAt: Date };

const invitationDays = 7;

/** Makes a link in the transaction of what it is for. `null` when there is no such active person. */
export async function makeInvitation(tx: Tx, personId: PersonId): Promise<Invitation | null> {
  const token = randomBytes(32).toString("base64url");
  const made = await insertInvitation(tx, { personId, tokenHash: hashOf(token), days: invitationDays });
  return made === null ? null : { url: `${settings().publicUrl}/join/${token}`, expiresAt: made.expiresAt };
}

/** A new link for somebody who lost the first one or the password. Earlier links end; the password works until then. */
export async function renewInvitation(
  viewer: Viewer,
  { personId }: { personId: string },
  address: string | null,
): Promise<Result<Invitation, Problem>> {
  const id = PersonId.safeParse(personId);
  if (!id.success) return err(nobody);
  return inTransaction(async (tx) => {
    const invitation = await makeInvitation(tx, id.data);
    if (invitation === null) return err(nobody);
    await recordAudit(tx, {
      actor: { kind: "person", personId: viewer.personId },
      action: "person.invited",
      environment: null,
      subject: `person:${id.data}`,
      details: {},
      address,
    });
    return ok(invitation);
  });
}

/** Whom a link invites; `null` when it opens nothing (any more). */
export async function whomItInvites(token: string): Promise<{ name: string; email: string } | null> {
  return findInvited(hashOf(token));
}

/** Uses a link: the person has this password from now on, and every open session of theirs ends. */
export async function acceptInvitation(
  { token, newPassword }: { token: string; newPassword: string },
  address: string | null,
): Promise<Result<{ email: string }, Problem>> {
  const invited = await whomItInvites(token);
  if (invited === null) return err(usedUp);
  const chosen = newPasswordFor(invited.email).safeParse(newPassword);
  if (!chosen.success) {
    const messages = chosen.error.issues.map(({ message }) => message);
    return err(problem("weak-password", messages.join(" "), { newPassword: messages }));
  }
  const passwordHash = await hashPassword(chosen.data);
  return inTransaction(async (tx) => {
    const used = await takeInvitation(tx, hashOf(token));
    if (used === null) return err(usedUp);
    await setPassword(tx, used.personId, passwordHash);
    const ended = await revokeSessionsOf(tx, { personId: used.personId });
    await recordAudit(tx, {
      actor: { kind: "person", personId: used.personId },
      action: "person.joined",
      environment: null,
      subject: `person:${used.personId}`,
      details: { endedSessions: ended },
      address,
    });
    return ok({ email: used.email });
  });
}

const nobody = problem("unknown-person", "There is no such active person.");
const usedUp = problem("invitation-used", "This link was used, replaced or is too old. Ask an admin for a new one.");

/** Only the hash is stored, so a copy of the database lets nobody in. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
