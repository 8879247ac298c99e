import { redirect } from "next/navigation";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { cookieName, writeSessionToken } from "@/lib/auth/session-cookie";
import { newId, PersonId, SessionId } from "@/lib/domain/ids";
import { err, ok } from "@/lib/domain/result";
import { type Permission, permissions, Role } from "@/lib/domain/roles";
import { defineAction, definePublicAction, defineScopedAction } from "./define-action";

const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }));

vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
  }),
}));

const refresh = vi.hoisted(() => vi.fn());
vi.mock("next/cache", () => ({ refresh }));

const own = { host: "console.example", origin: "https://console.example" };
const idle = { status: "idle" } as const;
const tokens = new Map<Role, string>();
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  for (const role of Role.options) tokens.set(role, await writeSessionToken(await signedIn(role)));
  const merchantId = newId(PersonId);
  await database.sql`insert into merchants (merchant_id, environment, mch_no, label) values (${merchantId}, 'test', 'M1', 'Shop')`;
});

afterAll(async () => database.close());

beforeEach(() => {
  refresh.mockReset();
  request.headers = new Headers(own);
  signIn("admin");
});

async function signedIn(role: Role, email = `${role}@x.example`): Promise<SessionId> {
  const person = newId(PersonId);
  const session = newId(SessionId);
  await database.sql`insert into people (id, email, name, role) values (${person}, ${email}, ${`Some ${role}`}, ${role})`;
  await database.sql`insert into sessions (id, person_id, expires_at) values (${session}, ${person}, now() + interval '1 hour')`;
  return session;
}

function signIn(role: Role): void {
  request.cookies = new Map([[cookieName("session"), tokens.get(role) ?? ""]]);
}

function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) data.append(name, one);
  return data;
}

const run = vi.fn();
const input = z.object({ amount: z.string().regex(/^\d+$/, "Use digits.") });

function counted(permission: Permission) {
  run.mockReset();
  return defineAction({ permission, input: z.object({}) }, async () => run());
}

describe("only those who hold a right get through the door:", () => {
  const cells = Object.keys(permissions).flatMap((permission) =>
    Role.options.map((role) => [permission as Permission, role] as const),
  );
  test.each(cells)("%s as %s", async (permission, role) => {
    signIn(role);
    const state = await counted(permission)(idle, form({}));
    const may = (permissions[permission] as readonly Role[]).includes(role);
    expect(run).toHaveBeenCalledTimes(may ? 1 : 0);
    expect(state.status).toBe(may ? "done" : "refused");
  });
});

test("a refusal names whom to ask", async () => {
  signIn("support");
  const state = await counted("credentials:write")(idle, form({}));
  expect(state).toMatchObject({ status: "refused", reason: "Credentials are for admins. Some admin can help." });
});

describe("nothing happens unless the request proves its own origin:", () => {
  test.each([
    ["no origin", { host: own.host }],
    ["null", { host: own.host, origin: "null" }],
    ["foreign", { host: own.host, origin: "https://evil.example" }],
    ["spoofed forwarded host", { host: own.host, origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
    ["cross-site", { ...own, "sec-fetch-site": "cross-site" }],
    ["cross-site without origin", { host: own.host, "sec-fetch-site": "cross-site" }],
  ])("%s", async (_, headers) => {
    request.headers = new Headers(headers as Record<string, string>);
    const state = await counted("self:write")(idle, form({}));
    expect(run).not.toHaveBeenCalled();
    expect(state.status).toBe("refused");
  });

  test("also when nobody is signed in", async () => {
    request.headers = new Headers({ host: own.host });
    run.mockReset();
    const action = definePublicAction({ because: "a test", input: z.object({}) }, async () => run());
    expect((await action(idle, form({}))).status).toBe("refused");
    expect(run).not.toHaveBeenCalled();
  });
});

test("whoever is signed out is told so and keeps what was typed", async () => {
  request.cookies.clear();
  const state = await defineAction({ permission: "self:write", input }, async () => run())(
    idle,
    form({ amount: "12" }),
  );
  expect(state).toMatchObject({ status: "refused", entered: { amount: "12" } });
  expect(state.status === "refused" && state.reason).toContain("Sign in");
});

test("a session that was revoked a moment ago opens nothing", async () => {
  const session = await signedIn("admin", "gone@x.example");
  request.cookies = new Map([[cookieName("session"), await writeSessionToken(session)]]);
  expect((await counted("self:write")(idle, form({}))).status).toBe("done");
  await database.sql`update sessions set revoked_at = now() where id = ${session}`;
  expect((await counted("self:write")(idle, form({}))).status).toBe("refused");
});

test("wrong fields come back with what was typed, but never a secret", async () => {
  const action = defineAction({ permission: "self:write", input }, async () => run());
  const sent = form({ amount: "x", label: "Counter", appSecret: "s3cret", newPassword: "p", "ways[]": ["A", "B"] });
  expect(await action(idle, sent)).toEqual({
    status: "invalid",
    fields: { amount: ["Use digits."] },
    entered: { amount: "x", label: "Counter", ways: "A,B" },
  });
});

test("a problem of the use case becomes a reason, or stands beside its fields", async () => {
  const problems = [
    { kind: "refund-exceeds-paid", message: "There is less left." },
    { kind: "fields", message: "Look again.", fields: { amount: ["Too much."] } },
  ];
  const states = await Promise.all(
    problems.map((problem) =>
      defineAction({ permission: "self:write", input }, async () => err(problem))(idle, form({ amount: "1" })),
    ),
  );
  expect(states).toEqual([
    { status: "refused", reason: "There is less left.", entered: { amount: "1" } },
    { status: "invalid", fields: { amount: ["Too much."] }, entered: { amount: "1" } },
  ]);
});

test("a value comes out, wrapped in a result or not", async () => {
  const plain = defineAction({ permission: "self:write", input }, async () => "saved");
  const wrapped = defineAction({ permission: "self:write", input }, async () => ok("saved"));
  expect(await plain(idle, form({ amount: "1" }))).toEqual({ status: "done", value: "saved" });
  expect(await wrapped(idle, form({ amount: "1" }))).toEqual({ status: "done", value: "saved" });
  expect(refresh).toHaveBeenCalledTimes(2);
});

test("an unknown error is shown as a reference and never by its own words", async () => {
  const action = defineAction({ permission: "self:write", input }, async () => {
    throw new Error("column people.secret_thing does not exist");
  });
  const state = await action(idle, form({ amount: "1" }));
  expect(state).toMatchObject({ status: "refused", reference: expect.stringMatching(/^[0-9a-f]{8}$/) });
  expect(JSON.stringify(state)).not.toContain("secret_thing");
});

test("a redirect travels through the door", async () => {
  const action = defineAction({ permission: "self:write", input }, async () => redirect("/test/payments"));
  await expect(action(idle, form({ amount: "1" }))).rejects.toThrow("NEXT_REDIRECT");
});

test("a scoped action sees the merchants of the environment that its form names, and no others", async () => {
  const seen = defineScopedAction({ permission: "payments:read", input: z.object({}) }, async (scope) => ({
    environment: scope.environment,
    merchants: scope.merchants.map(({ mchNo }) => mchNo),
  }));
  expect(await seen(idle, form({ environment: "test" }))).toMatchObject({ value: { merchants: ["M1"] } });
  expect(await seen(idle, form({ environment: "production" }))).toMatchObject({ value: { merchants: [] } });
  expect(await seen(idle, form({ environment: "staging" }))).toMatchObject({ status: "refused" });
  expect(await seen(idle, form({}))).toMatchObject({ status: "refused" });
});

test("hostile field names stay fields", async () => {
  const echo = defineAction({ permission: "self:write", input: z.record(z.string(), z.unknown()) }, async (_, sent) =>
    Object.keys(sent),
  );
  const state = await echo(idle, form({ constructor: "1", $ACTION_ID_x: "", plain: "2" }));
  expect(state).toMatchObject({ status: "done", value: expect.arrayContaining(["constructor", "plain"]) });
});
