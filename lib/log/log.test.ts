import { expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { createLog } from "./log";

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ write: (line) => lines.push(line) }));
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
}

test("an event is one line of JSON with its level and its members", () => {
  const line = written((log) => log.info({ paymentId: "p1", amount: 1234 }, "two\nlines"));
  expect(line.endsWith("\n")).toBe(true);
  expect(line.trimEnd()).not.toContain("\n");
  expect(JSON.parse(line)).toMatchObject({ level: "info", msg: "two\nlines", paymentId: "p1", amount: 1234 });
});

test("a secret stays hidden by its type and by its name, at any depth", () => {
  const line = written((log) =>
    log.warn(
      { value: new Secret("marker-1"), call: [{ headers: { Cookie: "marker-2" }, appSecret: "marker-3" }] },
      "call",
    ),
  );
  expect(line).not.toContain("marker");
  expect(line).toContain("[secret]");
});

test("the key of a canonical string and the password of an address do not reach the log", () => {
  const line = written((log) =>
    log.info({ text: "amount=1&mchNo=M1&key=marker-1", address: "postgres://user:marker-2@db:5432/x" }, "texts"),
  );
  expect(line).not.toContain("marker");
  expect(line).toContain("amount=1&mchNo=M1");
  expect(line).toContain("@db:5432/x");
});

test("an error keeps its story and loses the parameters of its query", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505" });
  const error = new Error("Failed query: insert into people values ($1)\nparams: marker", { cause });
  const entry = JSON.parse(written((log) => log.error({ error }, "failed")));
  expect(JSON.stringify(entry)).not.toContain("marker");
  expect(entry.error).toMatchObject({
    message: "Failed query: insert into people values ($1)",
    cause: { code: "23505" },
  });
  expect(entry.error.stack).toContain("log.test.ts");
  expect(JSON.parse(written((log) => log.error(error))).err.message).toBe(entry.error.message);
});
