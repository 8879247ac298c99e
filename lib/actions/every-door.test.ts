import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { isSettingsRight, type Permission, permissions } from "@/lib/domain/roles";

const app = path.resolve(import.meta.dirname, "../../app");

/** Routes that ask nobody to be signed in, and why. */
const openRoutes: Record<string, string> = {
  "api/health/route.ts": "probes ask whether the process lives; it tells nothing else",
  "api/ready/route.ts": "probes ask whether the database answers",
  "api/notify/[credentialId]/[kind]/route.ts": "the gateway signs its messages; the signature is the proof",
  "api/metrics/route.ts": "a monitor brings METRICS_TOKEN, and without that setting there is nothing here",
  "api/auth/[...nextauth]/route.ts": "it is the door at which people sign in",
};

/** Pages that ask nobody to be signed in, and why. */
const openPages: Record<string, string> = {
  "page.tsx": "it only leads on",
  "(auth)/sign-in/page.tsx": "it is where people sign in",
  "(auth)/join/[token]/page.tsx": "whoever is invited has no password yet; the link is the proof",
};

const files = fs
  .readdirSync(app, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const named = (name: string) => files.filter((file) => path.basename(file) === name);
const textOf = (file: string) => fs.readFileSync(path.join(app, file), "utf8");

describe("every action is made by the door, with a right that exists:", () => {
  test.each(named("actions.ts"))("%s", (file) => {
    expect(faultsOfActions(textOf(file))).toEqual([]);
  });
});

describe("every route asks who is there:", () => {
  test.each(named("route.ts").filter((file) => !(file in openRoutes)))("%s", (file) => {
    expect(faultsOfRoute(textOf(file))).toEqual([]);
  });
});

describe("every page asks for its own right:", () => {
  test.each(named("page.tsx").filter((file) => !(file in openPages)))("%s", (file) => {
    expect(faultsOfPage(textOf(file))).toEqual([]);
  });
});

describe("everything below settings asks for a right of settings, so that their list of addresses holds for it:", () => {
  test.each(files.filter((file) => /\/settings\/.*(?:page\.tsx|route\.ts|actions\.ts)$/.test(file)))("%s", (file) => {
    expect(rightsIn(textOf(file)).filter((right) => !isSettingsRight(right))).toEqual([]);
    expect(rightsIn(textOf(file))).not.toEqual([]);
  });
});

/** Doors that ask nobody to be signed in and are still for people: a list of addresses must hold for them too. */
const doorsOfStrangers = ["(auth)/sign-in/page.tsx", "(auth)/join/[token]/page.tsx", "api/auth/[...nextauth]/route.ts"];

test.each(doorsOfStrangers)("%s looks at the address first", (file) => {
  expect(textOf(file)).toMatch(/await closedForStranger\(/);
});

test("rights are found wherever they are asked for", () => {
  const text = 'await requireScope((await params).environment, "audit:read"); { permission: "people:write", input }';
  expect(rightsIn(text)).toEqual(["audit:read", "people:write"]);
  expect(isSettingsRight("payments:read")).toBe(false);
});

test("actions live in files of that name only", () => {
  const others = files.filter((file) => path.basename(file) !== "actions.ts");
  expect(others.filter((file) => /["']use server["']/.test(textOf(file)))).toEqual([]);
});

test("the lists of open doors name doors that exist", () => {
  expect([...Object.keys(openRoutes), ...Object.keys(openPages)].filter((file) => !files.includes(file))).toEqual([]);
});

describe("this test notices", () => {
  const good = '"use server";\nexport const a = defineAction(\n { permission: "self:write", input }, run);';

  test("a good action, by finding nothing", () => {
    expect(faultsOfActions(good)).toEqual([]);
  });

  test.each([
    ["an action made by hand", '"use server";\nexport async function pay() {}'],
    ["an action made by something else", '"use server";\nexport const a = wrap({ permission: "self:write" }, run);'],
    ["an export of a list", `${good}\nexport { b };`],
    ["a default export", `${good}\nexport default b;`],
    ["a right nobody has heard of", good.replace("self:write", "self:destroy")],
    ["an action without a right", good.replace('permission: "self:write", ', "")],
    ["an open action without a reason", '"use server";\nexport const a = definePublicAction({ input }, run);'],
    ["a file that is not for the server", good.replace('"use server";', "")],
  ])("%s", (_, text) => {
    expect(faultsOfActions(text)).not.toEqual([]);
  });

  test.each([
    ["a handler that asks nobody", "export async function GET() { return new Response(); }"],
    [
      "a second handler that asks nobody",
      'export async function GET(r: Request) { await viewerForRoute(r, "self:write"); }\nexport async function POST() {}',
    ],
    ["a handler in an arrow", 'export const GET = async () => new Response("");'],
    ["a handler passed on", 'export { GET } from "./other";'],
  ])("%s", (_, text) => {
    expect(faultsOfRoute(text)).not.toEqual([]);
  });

  test.each([
    ["a page that asks nobody", "export default async function Page() {}"],
    ["a page that asks for a right nobody has heard of", 'await requireScope(environment, "payments:burn");'],
    ["a page that asks for no right", "await requireViewer();"],
  ])("%s", (_, text) => {
    expect(faultsOfPage(text)).not.toEqual([]);
  });
});

function rightsIn(text: string): Permission[] {
  const asked =
    /(?:require(?:Scope|Viewer)|(?:viewer|scope)ForRoute)\((?:[^()"]|\([^()]*\))*"([^"]+)"|permission: "([^"]+)"/g;
  return [...text.matchAll(asked)].map(([, door, rule]) => (door ?? rule) as Permission);
}

function faultsOfActions(text: string): string[] {
  const made = [...text.matchAll(/^export const (\w+) = define(Scoped|Public)?Action\(\s*\{([\s\S]*?)\binput\b/gm)];
  const faults = made.flatMap(([, name, kind, rule = ""]) => {
    if (kind === "Public") return /because:\s*["'`]\S/.test(rule) ? [] : [`${name} does not say why it is open`];
    return faultsOfRight(/permission: "([^"]+)"/.exec(rule)?.[1], `${name}`);
  });
  const exported = [...text.matchAll(/^export\b/gm)].length;
  if (exported !== made.length) faults.push(`${exported} exports, ${made.length} of them made by the door`);
  if (!text.trimStart().startsWith('"use server";')) faults.push('does not begin with "use server"');
  return faults;
}

/** Constants such as `dynamic` are settings of the framework and no handlers. */
function faultsOfRoute(text: string): string[] {
  const [, ...handlers] = text.split(/^export (?:async )?function /m);
  const faults = handlers.flatMap((handler) => {
    const right = /(?:viewer|scope)ForRoute\((?:[^()"]|\([^()]*\))*"([^"]+)"/.exec(handler)?.[1];
    return faultsOfRight(right, handler.slice(0, handler.indexOf("(")));
  });
  const others = [...text.matchAll(/^export (?!(?:async )?function )(.*)/gm)].map(([, rest = ""]) => rest);
  const unknown = others.filter((rest) => !/^(?:const (?:dynamic|runtime|maxDuration)\b|type\b)/.test(rest));
  return [...faults, ...unknown.map((rest) => `exports ${rest}`), ...(handlers.length === 0 ? ["no handler"] : [])];
}

function faultsOfPage(text: string): string[] {
  const right = /\brequire(?:Scope|Viewer)\((?:[^()"]|\([^()]*\))*"([^"]+)"/.exec(text)?.[1];
  return faultsOfRight(right, "the page");
}

function faultsOfRight(right: string | undefined, name: string): string[] {
  if (right === undefined) return [`${name} asks for no right`];
  return Object.hasOwn(permissions, right) ? [] : [`${name} asks for ${right}, which nobody can have`];
}
