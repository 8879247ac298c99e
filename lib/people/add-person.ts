import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { insertPerson } from "@/db/commands/people";
import type { Actor } from "@/lib/domain/actor";
import { newId, PersonId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { type Invitation, makeInvitation } from "./invitation";
import { hashPassword, newPasswordFor } from "./password";
import type { NewPerson } from "./person-input";

type AddedPerson = { personId: PersonId; email: string; invitation: Invitation | null };

/** Adds somebody who may sign in: with a password, or with a link to choose one. */
export async function addPerson(
  by: { actor: Actor; address: string | null },
  { email, name, role }: NewPerson,
  password: string | null = null,
): Promise<Result<AddedPerson, Problem>> {
  const chosen = password === null ? null : newPasswordFor(email).safeParse(password);
  if (chosen?.success === false) {
    return err(problem("weak-password", chosen.error.issues.map(({ message }) => message).join(" ")));
  }
  const passwordHash = password === null ? null : await hashPassword(password);
  const personId = newId(PersonId);
  return inTransaction(async (tx) => {
    if (!(await insertPerson(tx, { id: personId, email, name, role, passwordHash }))) return err(taken);
    const invitation = passwordHash === null ? await makeInvitation(tx, personId) : null;
    await recordAudit(tx, {
      ...by,
      action: "person.added",
      environment: null,
      subject: `person:${personId}`,
      details: { email, name, role, isInvited: invitation !== null },
    });
    return ok({ personId, email, invitation });
  });
}

const taken = problem("email-taken", "Somebody with this e-mail address is here already.", {
  email: ["Somebody with this e-mail address is here already."],
});
