import { afterAll, beforeAll, expect, test } from "vitest";
import { listOwnSessions, listPeople } from "@/db/queries/people";
import { findLiveSession } from "@/db/queries/viewer";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { PersonId, SessionId } from "@/lib/domain/ids";
import type { Role } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";
import { addPerson } from "./add-person";
import { changeRole, setPersonActive } from "./change-person";
import { acceptInvitation, renewInvitation, whomItInvites } from "./invitation";
import { changeOwnPassword, endOwnSession } from "./own-account";
import { NewPerson } from "./person-input";
import { signIn } from "./sign-in";

const password = "seven otters cross at noon";
const next = "eight herons wait for rain";
const by = { actor: { kind: "script" }, address: null } as const;
let database: TestDatabase;
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => database.close());

function someone(role: Role = "support"): NewPerson {
  count += 1;
  return NewPerson.parse({ email: `Person${count}@X.example`, name: `Person ${count}`, role });
}

async function added(role: Role = "support"): Promise<{ personId: PersonId; email: string }> {
  const result = await addPerson(by, someone(role), password);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function sessionOf(email: string, using = password): Promise<SessionId> {
  const result = await signIn({ email, password: using, address: "10.1.1.1", userAgent: null });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function viewerOf(email: string): Promise<Viewer> {
  return (await findLiveSession(await sessionOf(email))) as unknown as Viewer;
}

async function invited(): Promise<{ personId: PersonId; email: string; token: string }> {
  const result = await addPerson(by, someone());
  if (!result.ok) throw new Error(result.error.message);
  return { ...result.value, token: tokenIn(result.value.invitation?.url) };
}

function tokenIn(url: string | undefined): string {
  return url?.split("/join/")[1] ?? "";
}

test("an invited person chooses a password by the link and signs in", async () => {
  const { email, token } = await invited();
  expect(await whomItInvites(token)).toMatchObject({ email });
  expect(await acceptInvitation({ token, newPassword: next }, null)).toEqual({ ok: true, value: { email } });
  await sessionOf(email, next);
});

test("a link works once, also when it is used twice at the same moment", async () => {
  const { token } = await invited();
  const results = await Promise.all([1, 2].map(() => acceptInvitation({ token, newPassword: next }, null)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await whomItInvites(token)).toBeNull();
});

test("an old link, a made-up one and one of a deactivated person open nothing", async () => {
  const { token } = await invited();
  await database.sql`update invitations set expires_at = now()`;
  expect(await acceptInvitation({ token, newPassword: next }, null)).toMatchObject({ ok: false });
  expect(await whomItInvites("made-up")).toBeNull();
  const other = await invited();
  await database.sql`update people set is_active = false where id = ${other.personId}`;
  expect(await acceptInvitation({ token: other.token, newPassword: next }, null)).toMatchObject({ ok: false });
});

test("a weak password leaves the link usable", async () => {
  const { token, email } = await invited();
  const refused = await acceptInvitation({ token, newPassword: "short" }, null);
  expect(refused).toMatchObject({ ok: false, error: { fields: { newPassword: expect.any(Array) } } });
  expect(await whomItInvites(token)).toMatchObject({ email });
});

test("a new link ends the earlier one, and using it ends every session", async () => {
  const { token, personId, email } = await invited();
  const viewer = await viewerOf((await added("admin")).email);
  const renewed = await renewInvitation(viewer, { personId }, null);
  expect(await whomItInvites(token)).toBeNull();
  await acceptInvitation({ token: tokenIn(renewed.ok ? renewed.value.url : ""), newPassword: next }, null);
  const session = await sessionOf(email, next);
  const again = await renewInvitation(viewer, { personId }, null);
  expect(await findLiveSession(session)).not.toBeNull();
  await acceptInvitation({ token: tokenIn(again.ok ? again.value.url : ""), newPassword: password }, null);
  expect(await findLiveSession(session)).toBeNull();
});

test("tokens are stored as hashes only", async () => {
  const { token } = await invited();
  const stored = JSON.stringify([
    await database.sql`select * from invitations`,
    await database.sql`select * from audit_entries`,
  ]);
  expect(stored).not.toContain(token);
});

test("one e-mail address is one person", async () => {
  const { email } = await added();
  const again = await addPerson(
    by,
    NewPerson.parse({ email: email.toUpperCase(), name: "Y", role: "admin" }),
    password,
  );
  expect(again).toMatchObject({ ok: false, error: { kind: "email-taken" } });
});

test("a deactivated person is out at once, and back after an activation with a new signing-in", async () => {
  const viewer = await viewerOf((await added("admin")).email);
  const { personId, email } = await added("operator");
  const sessions = [await sessionOf(email), await sessionOf(email)];
  expect(await setPersonActive(viewer, { personId, isActive: false }, null)).toMatchObject({ ok: true });
  for (const session of sessions) expect(await findLiveSession(session)).toBeNull();
  await setPersonActive(viewer, { personId, isActive: true }, null);
  for (const session of sessions) expect(await findLiveSession(session)).toBeNull();
  await sessionOf(email);
});

test("nobody changes their own role or account", async () => {
  const viewer = await viewerOf((await added("admin")).email);
  const { personId } = viewer;
  expect(await changeRole(viewer, { personId, role: "support" }, null)).toMatchObject({ error: { kind: "yourself" } });
  expect(await setPersonActive(viewer, { personId, isActive: false }, null)).toMatchObject({
    error: { kind: "yourself" },
  });
});

test("two admins who demote each other at once leave one admin", async () => {
  await database.sql`update people set role = 'support' where role = 'admin'`;
  const [one, two] = await Promise.all([
    viewerOf((await added("admin")).email),
    viewerOf((await added("admin")).email),
  ]);
  const results = await Promise.all([
    changeRole(one, { personId: two.personId, role: "operator" }, null),
    changeRole(two, { personId: one.personId, role: "operator" }, null),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await database.sql`select 1 from people where role = 'admin' and is_active`).toHaveLength(1);
});

test("changing one's password ends every other session and needs the present one", async () => {
  const { email } = await added();
  const other = await sessionOf(email);
  const viewer = await viewerOf(email);
  const wrong = await changeOwnPassword(viewer, { password: "wrong", newPassword: next }, "10.1.1.1");
  expect(wrong).toMatchObject({ ok: false, error: { fields: { password: expect.any(Array) } } });
  expect(await changeOwnPassword(viewer, { password, newPassword: next }, "10.1.1.1")).toEqual({ ok: true, value: 1 });
  expect(await findLiveSession(other)).toBeNull();
  expect(await findLiveSession(viewer.sessionId)).not.toBeNull();
});

test("a stolen session cannot guess the password for long", async () => {
  const viewer = await viewerOf((await added()).email);
  const guesses: unknown[] = [];
  for (let n = 0; n < 11; n++)
    guesses.push(await changeOwnPassword(viewer, { password: `guess ${n}`, newPassword: next }, null));
  expect(guesses.at(-1)).toMatchObject({ error: { kind: "too-many-attempts" } });
});

test("people see and end their own sessions, and nobody else's", async () => {
  const { email } = await added();
  const viewer = await viewerOf(email);
  const other = await sessionOf(email);
  expect((await listOwnSessions(viewer)).map(({ id, isThisOne }) => [id, isThisOne])).toEqual(
    expect.arrayContaining([
      [viewer.sessionId, true],
      [other, false],
    ]),
  );
  const stranger = await viewerOf((await added("admin")).email);
  expect(await endOwnSession(stranger, { sessionId: other }, null)).toMatchObject({ ok: false });
  expect(await endOwnSession(viewer, { sessionId: other }, null)).toMatchObject({ ok: true });
  expect(await findLiveSession(other)).toBeNull();
});

test("every change of a person is in the audit with who did it", async () => {
  const viewer = await viewerOf((await added("admin")).email);
  const { personId } = await added();
  await changeRole(viewer, { personId, role: "operator" }, "203.0.113.9");
  await setPersonActive(viewer, { personId, isActive: false }, null);
  const entries =
    await database.sql`select actor, action, address, details from audit_entries where subject = ${`person:${personId}`} order by id`;
  expect(entries).toMatchObject([
    { actor: "script", action: "person.added" },
    {
      actor: viewer.personId,
      action: "person.role-changed",
      address: "203.0.113.9",
      details: { from: "support", to: "operator" },
    },
    { actor: viewer.personId, action: "person.deactivated" },
  ]);
  expect(await listPeople(viewer)).toContainEqual(
    expect.objectContaining({ id: personId, isActive: false, isInvited: false }),
  );
});
