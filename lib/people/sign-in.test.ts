import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findLiveSession } from "@/db/queries/viewer";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { newId, PersonId, type SessionId } from "@/lib/domain/ids";
import { hashPassword } from "./password";
import { signIn } from "./sign-in";

const password = "seven otters cross at noon";
let database: TestDatabase;
let hash: string;
let count = 0;
let email: string;
let personId: PersonId;

beforeAll(async () => {
  database = await testDatabase();
  hash = await hashPassword(password);
});

afterAll(async () => database.close());

beforeEach(async () => {
  count += 1;
  email = `person${count}@x.example`;
  personId = newId(PersonId);
  await database.sql`insert into people (id, email, name, role, password_hash) values (${personId}, ${email}, 'X', 'support', ${hash})`;
});

function from(address: string | null, changes: { email?: string; password?: string } = {}) {
  return signIn({ email, password, address, userAgent: "a browser", ...changes });
}

async function opened(address = here()): Promise<SessionId> {
  const result = await from(address);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** An address of this test's own, so that tests do not use up each other's attempts. */
function here(last = 1): string {
  return `10.0.${count}.${last}`;
}

function kindOf(result: Awaited<ReturnType<typeof signIn>>): string {
  return result.ok ? "ok" : result.error.kind;
}

async function fail(times: number, address: string | null, changes = {}): Promise<string[]> {
  const kinds: string[] = [];
  for (let n = 0; n < times; n++) kinds.push(kindOf(await from(address, { password: "wrong", ...changes })));
  return kinds;
}

test("the right password opens a session, however the address is spelt", async () => {
  const result = await from(here(), { email: `  ${email.toUpperCase()} ` });
  expect(result.ok && (await findLiveSession(result.value))).toMatchObject({ personId, role: "support" });
});

test("a signing-in is in the audit with its address", async () => {
  const id = await opened();
  const entries =
    await database.sql`select actor, action, address from audit_entries where subject = ${`session:${id}`}`;
  expect(entries).toEqual([{ actor: personId, action: "session.opened", address: here() }]);
});

describe("all of these get the same answer:", () => {
  test.each([
    ["a wrong password", async () => from(here(), { password: "wrong" })],
    ["an unknown account", async () => from(here(), { email: "nobody@x.example" })],
    ["a deactivated account", async () => changed("is_active = false")],
    ["an account without a password yet", async () => changed("password_hash = null")],
    ["an empty password", async () => from(here(), { password: "" })],
  ])("%s", async (_, attempt) => {
    expect(await attempt()).toEqual({ ok: false, error: expect.objectContaining({ kind: "wrong-sign-in" }) });
  });

  async function changed(what: string) {
    await database.sql.unsafe(`update people set ${what} where id = '${personId}'`);
    return from(here());
  }
});

test("after ten wrong passwords even the right one has to wait, and the wait ends", async () => {
  expect(new Set(await fail(10, here()))).toEqual(new Set(["wrong-sign-in"]));
  expect(kindOf(await from(here()))).toBe("too-many-attempts");
  await database.sql`update sign_in_limits set window_ends_at = now() - interval '1 second'`;
  expect(kindOf(await from(here()))).toBe("ok");
});

test("the limit holds for an account from many addresses, also for one that does not exist", async () => {
  const unknown = { email: `ghost${count}@x.example` };
  for (let n = 1; n <= 10; n++) await Promise.all([fail(1, here(n)), fail(1, here(n), unknown)]);
  expect(kindOf(await from(here(11)))).toBe("too-many-attempts");
  expect(kindOf(await from(here(11), unknown))).toBe("too-many-attempts");
});

test("the limit holds for an address that tries many accounts", async () => {
  const tried = await Promise.all(
    Array.from({ length: 80 }, (_, n) => from(here(), { email: `a${n}.${count}@x.example`, password: "wrong" })),
  );
  expect(tried.map(kindOf).filter((kind) => kind === "wrong-sign-in")).toHaveLength(60);
});

test("attempts at the same moment cannot overtake the limit", async () => {
  const tried = await Promise.all(Array.from({ length: 25 }, () => from(here(), { password: "wrong" })));
  expect(tried.map(kindOf).filter((kind) => kind === "wrong-sign-in")).toHaveLength(10);
});

test("nobody can shut a person out of the place they sign in from", async () => {
  await opened(here(1));
  await fail(12, here(2));
  expect(kindOf(await from(here(3)))).toBe("too-many-attempts");
  expect(kindOf(await from(here(1)))).toBe("ok");
});

test("a success gives the account its attempts back", async () => {
  await fail(9, here());
  await opened();
  expect(new Set(await fail(10, here()))).toEqual(new Set(["wrong-sign-in"]));
});

test("addresses of one IPv6 network count together", async () => {
  const addresses = Array.from({ length: 70 }, (_, n) => `2001:db8:0:${count}::${n + 1}`);
  const tried = await Promise.all(addresses.map((address, n) => from(address, { email: `b${n}.${count}@x.example` })));
  expect(tried.map(kindOf).filter((kind) => kind === "too-many-attempts")).toHaveLength(10);
});

test("what was typed as an account is not kept in the clear", async () => {
  await fail(1, here(), { email: "my-secret-typed-into-the-wrong-field" });
  const rows = await database.sql`select key from sign_in_limits`;
  expect(JSON.stringify(rows)).not.toContain("my-secret");
});

describe("a session ends at the next request when", () => {
  test.each([
    ["it was revoked", "update sessions set revoked_at = now()"],
    ["its time is over", "update sessions set expires_at = now()"],
    ["nobody used it for a quarter of an hour", "update sessions set last_seen_at = now() - interval '15 minutes'"],
    ["its person was deactivated", "update people set is_active = false"],
  ])("%s", async (_, change) => {
    const id = await opened();
    expect(await findLiveSession(id)).not.toBeNull();
    await database.sql.unsafe(`${change} where id = '${change.includes("people") ? personId : id}'`);
    expect(await findLiveSession(id)).toBeNull();
  });
});

test("another role holds from the next request on", async () => {
  const id = await opened();
  await database.sql`update people set role = 'admin' where id = ${personId}`;
  expect(await findLiveSession(id)).toMatchObject({ role: "admin" });
});
