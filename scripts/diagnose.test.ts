import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test, vi } from "vitest";
import { sign } from "@/lib/gateway/signature";

// Each command is a new process on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const secret = "invented-secret-for-the-debugger-test";
const folder = mkdtempSync(path.join(tmpdir(), "diagnose-"));
const secretFile = path.join(folder, "secret.txt");
writeFileSync(secretFile, `${secret}\n`);

afterAll(() => rmSync(folder, { recursive: true }));

const order = {
  mchNo: "M1",
  appId: "a1",
  mchOrderNo: "T1",
  amount: 100,
  reqTime: "1767225600123",
  version: "1.0",
  signType: "MD5",
};
const { signType: _, ...withoutSignType } = order;
const body = (signature: string) => JSON.stringify({ ...order, sign: signature });

async function run(args: string[], input: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/diagnose.ts", ...args], {
    env: { ...process.env, ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("exit", resolve)),
  ]);
  expect(`${stdout}${stderr}`).not.toContain(secret);
  return { stdout, stderr, code };
}

test("the mistake is named on the first line, with the secret from a file", async () => {
  const { stdout, code } = await run(["--secret-file", secretFile], body(sign(withoutSignType, secret)));
  expect(stdout).toMatch(/^EXPLAINED {2}signType_excluded\nsignType was sent but not signed\./);
  expect(code).toBe(1);
});

test("a right signature is valid and ends with success, with the secret from the environment", async () => {
  const { stdout, code } = await run([], body(sign(order, secret)), { SIGN_SECRET: secret });
  expect([stdout.split("\n")[0], code]).toEqual(["VALID", 0]);
});

test("scripts read one JSON object, and may give the signature apart from the message", async () => {
  const curl = `curl https://x.example/api/pay/unifiedOrder -H 'Content-Type: application/json' -d '${JSON.stringify(order)}'`;
  const { stdout, code } = await run(["--json", "--sign", "0".repeat(32), "--secret-file", secretFile], curl);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: "unexplained",
    endpoint: "unifiedOrder",
    expected: sign(order, secret),
    input: { form: "curl" },
  });
  expect(code).toBe(1);
});

test("the key of the other environment is tried when it is given", async () => {
  const other = path.join(folder, "production.txt");
  writeFileSync(other, "invented-secret-of-production");
  const { stdout } = await run(
    ["--secret-file", secretFile, "--other", `production=${other}`],
    body(sign(order, "invented-secret-of-production")),
  );
  expect(stdout).toContain("key_other_environment");
  expect(stdout).not.toContain("invented-secret-of-production");
});

test.each([
  [["--secret-file", "/nowhere/secret"], "{}", "ENOENT"],
  [[], "{}", "no secret"],
  [["--secret-file", secretFile], "hello", "Neither a JSON object nor a form"],
  [["--secret-file", secretFile], '{"mchNo":"M1"}', "no signature"],
])("what cannot be diagnosed is said in one line: %j %s", async (args, input, reason) => {
  const { stdout, stderr, code } = await run(args, input, { SIGN_SECRET: "" });
  expect([stdout, code]).toEqual(["", 2]);
  expect(stderr).toContain(reason);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
