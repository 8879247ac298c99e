import { expect, test } from "vitest";
import { breaches } from "./check";
import { sourceTree } from "./tree";

const found = (path: string, text: string) => breaches([{ path, text }]).map(({ imports }) => imports);

/** Written in pieces, so that this file does not itself import what it forbids. */
const from = (specifier: string, clause = "{ a }") => `import ${clause} ${"from"} "${specifier}";\n`;

test("no file of the product imports from the wrong room", () => {
  const files = sourceTree();
  expect(files.length).toBeGreaterThan(20);
  expect(breaches(files)).toEqual([]);
});

test.each([
  ["lib/domain/money.ts", "node:crypto"],
  ["lib/domain/money.ts", "@/lib/config/settings"],
  ["lib/gateway/client.ts", "@/db/client"],
  ["lib/gateway/client.ts", "@/lib/config/settings"],
  ["lib/gateway/client.ts", "node:fs"],
  ["lib/config/settings.ts", "@/lib/log/log"],
  ["db/queries/payments.ts", "@/lib/payments/create-payment"],
  ["db/queries/payments.ts", "next/cache"],
  ["lib/payments/create-payment.ts", "next/navigation"],
  ["lib/payments/create-payment.ts", "drizzle-orm"],
  ["lib/payments/create-payment.ts", "@/lib/auth/viewer"],
  ["lib/payments/create-payment.ts", "@/components/ui/button"],
  ["lib/auth/viewer.ts", "@/lib/gateway/client"],
  ["lib/auth/viewer.ts", "@/lib/payments/create-payment"],
  ["lib/actions/define-action.ts", "@/db/client"],
  ["components/payments/form.tsx", "@/db/queries/payments"],
  ["components/payments/form.tsx", "@/lib/payments/create-payment"],
  ["components/payments/form.tsx", "next/headers"],
  ["app/(console)/[environment]/payments/page.tsx", "@/db/commands/payments"],
  ["app/(console)/[environment]/payments/page.tsx", "@/db/schema/payments"],
  ["app/(console)/[environment]/payments/page.tsx", "@/lib/gateway/client"],
  ["app/(console)/[environment]/payments/page.tsx", "drizzle-orm"],
  ["worker/main.ts", "next/server"],
  ["worker/main.ts", "@/app/page"],
  ["sandbox/main.ts", "@/db/client"],
  ["sandbox/main.ts", "@/lib/payments/create-payment"],
  ["e2e/pay.spec.ts", "@/lib/gateway/signature"],
  ["proxy.ts", "@/db/client"],
  ["lib/payments/create-payment.ts", "left-pad"],
  ["newroom/file.ts", "zod"],
])("%s may not import %s", (path, specifier) => {
  expect(found(path, from(specifier))).toEqual([specifier]);
  expect(found(path, `const late = await import${`("${specifier}")`};`)).toEqual([specifier]);
});

test.each([
  ["lib/domain/money.ts", "zod"],
  ["lib/gateway/client.ts", "node:crypto"],
  ["lib/payments/create-payment.ts", "@/lib/refunds/state"],
  ["lib/payments/create-payment.ts", "@/db/commands/payments"],
  ["db/queries/payments.ts", "../schema/payments"],
  ["components/payments/form.tsx", "next/link"],
  ["app/(console)/[environment]/payments/page.tsx", "@/db/queries/payments"],
  ["app/(console)/[environment]/payments/page.tsx", "./actions"],
  ["worker/main.ts", "@/lib/payments/ask-gateway"],
  ["sandbox/main.ts", "@/lib/gateway/signature"],
  ["lib/payments/create-payment.test.ts", "@/db/testing/database"],
  ["app/api/ready/route.test.ts", "@/db/testing/database"],
  ["lib/gateway/signature.test.ts", "node:fs"],
])("%s may import %s", (path, specifier) => {
  expect(found(path, from(specifier))).toEqual([]);
});

test("components may import the types of rows and of actions, not their values", () => {
  const file = "components/payments/table.tsx";
  expect(found(file, from("@/db/queries/payments", "type { PaymentRow }"))).toEqual([]);
  expect(found(file, from("@/db/queries/payments", "{ type PaymentRow, type Cursor }"))).toEqual([]);
  expect(found(file, from("@/lib/actions/action-state", "type { Action }"))).toEqual([]);
  expect(found(file, from("@/db/queries/payments", "{ type PaymentRow, listPayments }"))).toHaveLength(1);
  expect(found(file, from("@/db/schema/payments", "type { payments }"))).toHaveLength(1);
  expect(found(file, from("@/db/queries/payments", "{\n  type PaymentRow,\n  listPayments,\n}"))).toHaveLength(1);
});

test("a room is left by its name, never by climbing out of it", () => {
  expect(found("lib/payments/a.ts", from("../domain/money"))).toEqual(["../domain/money"]);
  expect(found("app/(console)/[environment]/payments/page.tsx", from("../../layout"))).toEqual(["../../layout"]);
});

test("a name that only begins like an allowed one stays forbidden", () => {
  expect(found("lib/domain/money.ts", from("zod-extra"))).toEqual(["zod-extra"]);
  expect(found("lib/gateway/client.ts", from("@/lib/domains/x"))).toEqual(["@/lib/domains/x"]);
});

test("code that is passed on, required or run for its effect counts as an import", () => {
  expect(found("lib/domain/a.ts", `export * ${"from"} "node:fs";`)).toEqual(["node:fs"]);
  expect(found("lib/domain/a.ts", `import${' "node:fs"'};`)).toEqual(["node:fs"]);
  expect(found("lib/domain/a.ts", `const fs = require${'("node:fs")'};`)).toEqual(["node:fs"]);
});
