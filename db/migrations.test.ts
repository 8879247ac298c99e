import fs from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("./migrations/", import.meta.url);
const migrations = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => ({ name, text: fs.readFileSync(new URL(name, folder), "utf8") }));

/** What some distributed Postgres cannot do, or cannot do across merchants. */
const forbidden: [what: string, pattern: RegExp][] = [
  ["triggers", /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i],
  ["rules", /\bcreate\s+(or\s+replace\s+)?rule\b/i],
  ["exclusion constraints", /\bexclude\s+using\b/i],
  ["deferrable constraints", /\b(?<!not )deferrable\b/i],
  ["temporary tables", /\bcreate\s+(temp|temporary)\b/i],
  ["functions of our own", /\bcreate\s+(or\s+replace\s+)?(function|procedure)\b/i],
  ["volatile functions", /\b(random|gen_random_uuid|uuidv7|clock_timestamp)\s*\(/i],
  ["sequences", /\b(create\s+sequence|serial|generated\s+(always|by\s+default)\s+as\s+identity)\b/i],
  ["extensions", /\bcreate\s+extension\b/i],
];

function violations(text: string): string[] {
  return forbidden.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
}

test("no migration uses what keeps the schema from being spread over several machines", () => {
  for (const { name, text } of migrations) expect([name, violations(text)]).toEqual([name, []]);
});

test("every table of business data has its merchant first in its key", () => {
  const settings = [
    "refund_rules",
    "refund_limits",
    "refund_days",
    "notification_retention",
    "alert_rules",
    "console_access",
  ];
  const unspread = new Set([
    "people",
    "sessions",
    "invitations",
    "sign_in_limits",
    "audit_entries",
    "audit_seals",
    ...settings,
  ]);
  const schema = migrations.map(({ text }) => text).join("\n");
  const tables = [...schema.matchAll(/CREATE TABLE "(\w+)" \(([\s\S]*?)\n\)[^;\n]*;/g)];
  expect(tables.length).toBeGreaterThan(10);
  for (const [, name = "", body = ""] of tables.filter(([, name = ""]) => !unspread.has(name))) {
    const key = /PRIMARY KEY\("(\w+)"/.exec(body)?.[1] ?? /"(\w+)" uuid PRIMARY KEY/.exec(body)?.[1];
    expect([name, key]).toEqual([name, "merchant_id"]);
  }
});

test("foreign keys between business tables carry the merchant, so no row can point into another one's data", () => {
  const schema = migrations.map(({ text }) => text).join("\n");
  const keys = [...schema.matchAll(/FOREIGN KEY \(([^)]*)\) REFERENCES "public"\."(\w+)"/g)];
  expect(keys.length).toBeGreaterThan(8);
  for (const [, columns = "", target = ""] of keys.filter(([, , target]) => target !== "people")) {
    expect([target, columns.startsWith('"merchant_id"')]).toEqual([target, true]);
  }
});

test("the scan itself notices what is forbidden", () => {
  const bad = "CREATE TRIGGER t BEFORE UPDATE ON payments; CREATE TEMP TABLE x(); id uuid DEFAULT gen_random_uuid()";
  expect(violations(bad)).toEqual(["triggers", "temporary tables", "volatile functions"]);
});
