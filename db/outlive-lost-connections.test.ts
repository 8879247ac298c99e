import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

function run(how: string): { status: number | null; output: string } {
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", "db/testing/lose-a-connection.ts", how], {
    encoding: "utf8",
  });
  return { status, output: stdout };
}

test("a connection that is lost while nobody waits for it does not end the process", () => {
  expect(run("guarded")).toEqual({ status: 0, output: "lost: CONNECTION_CLOSED\ngoes on\n" });
  expect(run("unguarded")).toEqual({ status: 1, output: "" });
});

test("any other failure that nobody waits for still does", () => {
  expect(run("other")).toEqual({ status: 1, output: "" });
});
