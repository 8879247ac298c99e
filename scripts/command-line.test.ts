import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";

// Each command is a new process on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const secret = "invented-secret-for-the-command-line-test";
let database: TestDatabase;
let gateway: Server;
let baseUrl: string;
let answer = { code: 9999, msg: "订单不存在" };

beforeAll(async () => {
  database = await testDatabase();
  gateway = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});

afterAll(async () => {
  gateway.close();
  await database.close();
});

async function run(file: "user" | "credential", args: string[], input = "") {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${file}.ts`, ...args], {
    env: { ...process.env, PUBLIC_URL: "https://pay.example.com" },
  });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("exit", resolve)),
  ]);
  return { stdout, stderr, code };
}

const person = ["add", "--name", "Mei Lin", "--role", "operator", "--email"];
const set = (appId: string) => [
  ...["add", "--environment", "test", "--label", "Counter", "--base-url", baseUrl],
  ...["--mch-no", "M1", "--app-id", appId],
];

test("a person is added with the password from standard input, which is printed nowhere", async () => {
  const password = "seven otters cross at noon";
  const { stdout, stderr, code } = await run("user", [...person, "Mei@x.example"], `${password}\n`);
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toEqual({ personId: expect.any(String), email: "mei@x.example", role: "operator" });
  expect(stdout).not.toContain(password);
});

test("without a password a link is printed that works once", async () => {
  const { stdout } = await run("user", [...person, "jonas@x.example"]);
  expect(JSON.parse(stdout).invitation).toMatch(/^https:\/\/pay\.example\.com\/join\/[\w-]{43}$/);
});

test.each([
  ["a weak password", [...person, "a@x.example"], "short", /at least 12/],
  ["no e-mail address", ["add", "--name", "A", "--role", "admin"], "", /^--email: /],
  ["an unknown role", ["add", "--name", "A", "--email", "a@x.example", "--role", "boss"], "", /^--role: /],
  ["an unknown option", [...person, "a@x.example", "--colour", "red"], "", /--colour/],
  ["no command", [], "", /^usage: /],
])("%s is refused in one line", async (_, args, input, reason) => {
  const { stdout, stderr, code } = await run("user", args, input);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(reason);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("a credential is proven, stored and listed, and its secret is printed nowhere", async () => {
  const added = await run("credential", [...set("app1"), "--way-codes", "WX_QR,ALI_QR"], `${secret}\n`);
  expect([added.code, added.stderr]).toEqual([0, ""]);
  const { credentialId, notifyUrls } = JSON.parse(added.stdout);
  const below = `https://pay.example.com/api/notify/${credentialId}`;
  expect(notifyUrls).toEqual({ payment: `${below}/payment`, refund: `${below}/refund`, cancel: `${below}/cancel` });
  const listed = await run("credential", ["list"]);
  expect(JSON.parse(listed.stdout)).toMatchObject({ credentialId, notifyUrls, wayCodes: ["WX_QR", "ALI_QR"] });
  expect(added.stdout + listed.stdout).not.toContain(secret);
});

test("a credential that the gateway does not accept is not stored", async () => {
  answer = { code: 9999, msg: "验签失败" };
  const { stdout, stderr, code } = await run("credential", set("app2"), secret);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("验签失败");
  expect(stderr).not.toContain(secret);
  expect(await database.sql`select 1 from credentials where app_id = 'app2'`).toHaveLength(0);
});

test("a missing secret is named", async () => {
  const { stderr } = await run("credential", set("app3"));
  expect(stderr).toMatch(/^secret: Paste the secret/);
});
