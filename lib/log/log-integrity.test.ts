import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createLog } from "./log";

const root = path.resolve(import.meta.dirname, "../..");
const folders = ["app", "lib", "db", "web", "worker", "sandbox"];

/** What an attacker would write into anything that is logged. */
const corpus: readonly [what: string, text: string][] = [
  ["a second line", 'one\r\n{"level":"info","msg":"a sign-in succeeded"}\n'],
  ["line ends of every kind", "a\nb\rc\r\nd\u0085e\u2028f\u2029g\vh\fi"],
  ["colours and a cleared screen", "\u001b[31mred\u001b[0m\u001b[2J\u001b]0;title\u0007"],
  ["the one-byte escape sequence", "\u009b31m\u009d0;title\u009c"],
  ["a way out of the text", '","level":"fatal","msg":"forged'],
  ["a way out of the object", '"}\n{"level":"fatal","msg":"forged"}'],
  ["a backslash at the end", "x\\"],
  ["a backslash and a quote", 'x\\","level":"fatal'],
  ["escapes of JSON", "\\u000a\\u0022,\\n"],
  ["nothing", "a\u0000b"],
  ["every control character", String.fromCharCode(...Array.from({ length: 160 }, (_, code) => code))],
  ["half of a pair", "\ud83d x \ude00"],
  ["turned writing", "\u202efdp.exe\u2066\u2069\u200f\u061c"],
  ["a byte order mark", "\ufeff{}"],
  ["a placeholder", "%s %o %j %d"],
];

const calls = callsOfTheLog();

test("the calls of our log are found, with what they write down", () => {
  expect(calls.length).toBeGreaterThan(20);
  const members = new Set(calls.flatMap((call) => call.members));
  for (const name of ["error", "path", "address", "account", "subject"]) expect(members).toContain(name);
});

test.each(corpus)("%s in what is logged makes one event one parseable line, without control characters", (_, text) => {
  for (const { level, members, place } of calls) {
    const entry = Object.fromEntries(members.map((name) => [name, hostile(name, text)]));
    const lines: string[] = [];
    createLog({ write: (line) => lines.push(line) })
      .child({}, { level: "trace" })
      [level](entry, `at ${text}`);
    expect([place, lines.length]).toEqual([place, 1]);
    const [line = ""] = lines;
    expect([place, line.endsWith("}\n"), rawControls(line.slice(0, -1))]).toEqual([place, true, []]);
    const read = JSON.parse(line);
    expect([place, read.level, read.msg]).toEqual([place, level, `at ${text}`]);
    for (const name of members) {
      const kept = typeof read[name] === "string" ? read[name] : read[name].message;
      expect([place, name, kept]).toEqual([place, name, text]);
    }
  }
});

test.each(corpus)("%s as the name of a member, or in the cause of an error, neither", (_, text) => {
  const lines: string[] = [];
  createLog({ write: (line) => lines.push(line) }).error(
    { metadata: { [text]: [text, { [text]: text }] }, error: errorOf(text) },
    "at",
  );
  const [line = ""] = lines;
  expect([lines.length, rawControls(line.slice(0, -1))]).toEqual([1, []]);
  expect(JSON.parse(line)).toMatchObject({ level: "error", msg: "at", metadata: { [text]: [text, {}] } });
});

type Call = { level: "debug" | "info" | "warn" | "error"; members: string[]; place: string };

/** Every call of the log in the product's programs, with the members of its entry. */
function callsOfTheLog(): Call[] {
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  return files.flatMap((file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    return [...text.matchAll(/\blog\.(debug|info|warn|error)\(([^;]*?)\);?$/gm)].map((found) => ({
      level: found[1] as Call["level"],
      members: membersOf(found[2] ?? ""),
      place: `${file}: ${found[0]}`,
    }));
  });
}

/** `{ error, path: … }` writes `error` and `path`; a variable alone is taken for an error. */
function membersOf(written: string): string[] {
  const entry = /^\{([\s\S]*?)\}, "/.exec(written)?.[1];
  if (entry === undefined) return /^\w+,/.test(written) ? ["error"] : [];
  return [...entry.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = ""]) => name).filter((name) => !isSecretName(name));
}

/** Hidden by its name, so nothing of it is written. */
function isSecretName(name: string): boolean {
  return ["key", "token", "secret", "password"].includes(name);
}

function hostile(name: string, text: string): unknown {
  return /error|cause/i.test(name) ? errorOf(text) : text;
}

function errorOf(text: string): Error {
  const error = Object.assign(new Error(text, { cause: new Error(text) }), { code: text, name: text });
  error.stack = `${text}\n    at ${text}`;
  return error;
}

/** What must not stand in a line: controls, and what other readers take for a line end or a change of direction. */
function rawControls(line: string): string[] {
  return line.match(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu) ?? [];
}
