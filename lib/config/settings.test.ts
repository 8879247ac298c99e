import { expect, test } from "vitest";
import { readSettings, SettingError, withDatabase } from "./settings";

const key = Buffer.alloc(32, 7).toString("base64");
const complete = {
  DATABASE_URL: "postgres://app:marker@db:5432/countersign",
  MASTER_KEY: key,
  AUTH_SECRET: "an-invented-secret-of-32-characters",
};

test("without any setting the documented defaults apply", () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    sandboxPort: 4000,
    dataDir: ".data",
    publicUrl: "http://localhost:3000",
    databaseUrl: null,
    masterKey: null,
    metricsToken: null,
    trustedProxyHops: 0,
  });
});

test("the public address follows the port, and loses its last slash", () => {
  expect(readSettings({ PORT: "8080" }).publicUrl).toBe("http://localhost:8080");
  expect(readSettings({ PUBLIC_URL: "https://pay.example.com/" }).publicUrl).toBe("https://pay.example.com");
});

test("an empty variable counts as an absent one", () => {
  expect(readSettings({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
});

test.each([
  ["PORT", "0", "1 to 65535"],
  ["PORT", "http", "1 to 65535"],
  ["PORT", "3000.5", "1 to 65535"],
  ["SANDBOX_PORT", "70000", "1 to 65535"],
  ["DATABASE_URL", "mysql://db/x", "postgres://"],
  ["PUBLIC_URL", "pay.example.com", "http:// or https://"],
  ["PUBLIC_URL", "https://pay.example.com/console", "without a path"],
  ["MASTER_KEY", "c2hvcnQ=", "32 bytes as base64"],
  ["MASTER_KEY", `${key.slice(0, 20)}!${key.slice(20)}`, "32 bytes as base64"],
  ["AUTH_SECRET", "short", "at least 32 characters"],
  ["METRICS_TOKEN", "short", "at least 16 characters"],
  ["TRUSTED_PROXY_HOPS", "-1", "0 to 10"],
])("%s=%s is refused with one line that names it and says what is allowed", (name, value, allowed) => {
  const attempt = () => readSettings({ ...complete, [name]: value });
  expect(attempt).toThrow(SettingError);
  expect(attempt).toThrow(new RegExp(`^${name} [^\\n]*${allowed}[^\\n]*$`));
});

test("the master key may come from a command, which fails closed and shows nothing of what it printed", () => {
  const by =
    (command: string, more = {}) =>
    () =>
      readSettings({ ...complete, MASTER_KEY: "", MASTER_KEY_COMMAND: command, ...more }).masterKey?.reveal();
  expect(by(`node -p "'${key}'"`)()).toBe(key);
  expect(by("exit 3", { MASTER_KEY: key })()).toBe(key);
  expect(by("echo marker-half; exit 3")).toThrow(/^MASTER_KEY_COMMAND ended with 3: (?!.*marker)[^\n]*$/);
  expect(by("echo marker-half")).toThrow(/^MASTER_KEY cannot be used: (?!.*marker)/);
  expect(by("echo")).toThrow(/^MASTER_KEY is not set/);
});

test("further master keys are each checked like the first", () => {
  const other = Buffer.alloc(32, 8).toString("base64");
  const also = (value: string) => readSettings({ ...complete, MASTER_KEY_ALSO: value }).masterKeysAlso;
  expect(also("")).toEqual([]);
  expect(also(`${key}, ${other}`).map((secret) => secret.reveal())).toEqual([key, other]);
  expect(() => also(`${key},marker`)).toThrow(/^MASTER_KEY_ALSO cannot be used: (?!.*marker)/);
});

test.each(["MASTER_KEY", "AUTH_SECRET"])("a database of one's own needs %s", (name) => {
  expect(() => readSettings({ ...complete, [name]: undefined })).toThrow(new RegExp(`^${name} is not set`));
});

test("a refused secret is not repeated in the message, and an accepted one prints as [secret]", () => {
  expect(() => readSettings({ ...complete, MASTER_KEY: "marker-secret" })).toThrow(/^(?!.*marker)/);
  expect(JSON.stringify(readSettings(complete))).not.toMatch(new RegExp(`marker|${key}|invented`));
  expect(readSettings(complete).masterKey?.reveal()).toBe(key);
});

test("a part that runs by itself needs a database, and says so in one line", () => {
  expect(() => withDatabase(readSettings({}))).toThrow(/^DATABASE_URL is not set[^\n]*$/);
  expect(withDatabase(readSettings(complete)).databaseUrl.reveal()).toBe(complete.DATABASE_URL);
});
