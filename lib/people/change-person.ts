import { inTransaction, type Tx } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { changePerson, hasOtherAdmin } from "@/db/commands/people";
import { revokeSessionsOf } from "@/db/commands/sessions";
import { PersonId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Role } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";

/** Gives somebody another role. It holds from their next request on. */
export async function changeRole(
  viewer: Viewer,
  { personId, role }: { personId: string; role: Role },
  address: string | null,
): Promise<Result<PersonId, Problem>> {
  return change(viewer, personId, async (tx, id) => {
    if (role !== "admin" && !(await hasOtherAdmin(tx, id))) return err(lastAdmin);
    const before = await changePerson(tx, id, { role });
    if (before === null) return err(nobody);
    const details = { email: before.email, from: before.role, to: role };
    await note(tx, viewer, id, { action: "person.role-changed", details, address });
    return ok(id);
  });
}

/** Shuts somebody out, whose sessions end at once, or lets them in again. */
export async function setPersonActive(
  viewer: Viewer,
  { personId, isActive }: { personId: string; isActive: boolean },
  address: string | null,
): Promise<Result<PersonId, Problem>> {
  return change(viewer, personId, async (tx, id) => {
    if (!isActive && !(await hasOtherAdmin(tx, id))) return err(lastAdmin);
    const before = await changePerson(tx, id, { isActive });
    if (before === null) return err(nobody);
    const endedSessions = isActive ? 0 : await revokeSessionsOf(tx, { personId: id });
    const action = isActive ? "person.activated" : "person.deactivated";
    await note(tx, viewer, id, { action, details: { email: before.email, endedSessions }, address });
    return ok(id);
  });
}

async function change(
  viewer: Viewer,
  personId: string,
  work: (tx: Tx, id: PersonId) => Promise<Result<PersonId, Problem>>,
): Promise<Result<PersonId, Problem>> {
  const id = PersonId.safeParse(personId);
  if (!id.success) return err(nobody);
  if (id.data === viewer.personId) return err(yourself);
  return inTransaction((tx) => work(tx, id.data));
}

const nobody = problem("unknown-person", "There is no such person.");
const yourself = problem("yourself", "Another admin has to change your own role or account.");
const lastAdmin = problem("last-admin", "This is the only admin. Make somebody else an admin first.");

async function note(
  tx: Tx,
  viewer: Viewer,
  personId: PersonId,
  entry: { action: string; details: Record<string, string | number>; address: string | null },
): Promise<void> {
  const actor = { kind: "person", personId: viewer.personId } as const;
  await recordAudit(tx, { ...entry, actor, environment: null, subject: `person:${personId}` });
}
