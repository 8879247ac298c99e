import { execSync } from "node:child_process";
import { z } from "zod";
import { Secret } from "@/lib/domain/secret";

/** What a person may set. `null` where a setting is absent and may be. */
export type StartSettings = {
  port: number;
  sandboxPort: number;
  dataDir: string;
  /** How the gateway and browsers reach us, without a slash at the end. */
  publicUrl: string;
  /** `null`: the embedded database, which only `scripts/` can start. */
  databaseUrl: Secret | null;
  /** 32 bytes as base64. They wrap every stored secret. */
  masterKey: Secret | null;
  /** Earlier or later master keys: they open what they wrapped, and wrap nothing. */
  masterKeysAlso: readonly Secret[];
  authSecret: Secret | null;
  /** `null`: no metrics endpoint. */
  metricsToken: Secret | null;
  /** How many reverse proxies in front of us write `X-Forwarded-For`. */
  trustedProxyHops: number;
};

/** What a running web or worker process has. */
export type Settings = StartSettings & { databaseUrl: Secret; masterKey: Secret; authSecret: Secret };

/** A setting that cannot be used. The message is one line, names the setting and says what is allowed. */
export class SettingError extends Error {
  override name = "SettingError";
}

type Environment = Readonly<Record<string, string | undefined>>;

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.int().min(from).max(to));

const port = { schema: wholeNumber(1, 65_535), allowed: "a whole number from 1 to 65535" };
const text = { schema: z.string(), allowed: "any text" };
const origin = {
  schema: z
    .string()
    .refine(isOrigin)
    .transform((value) => new URL(value).origin),
  allowed: "an http:// or https:// address without a path, like https://pay.example.com",
};
const databaseUrl = {
  schema: z.string().refine(isDatabaseUrl).transform(hide),
  allowed: "an address like postgres://user:password@host:5432/database",
};
const masterKey = {
  schema: z.string().refine(isKey).transform(hide),
  allowed: "32 bytes as base64, as `openssl rand -base64 32` prints them",
};
const masterKeys = {
  schema: z
    .string()
    .transform((value) => value.split(",").map((key) => key.trim()))
    .pipe(z.array(masterKey.schema)),
  allowed: "keys like MASTER_KEY with commas between, such as the one before it",
};
const authSecret = {
  schema: z.string().min(32).transform(hide),
  allowed: "at least 32 characters, as `openssl rand -base64 32` prints them",
};
const metricsToken = { schema: z.string().min(16).transform(hide), allowed: "at least 16 characters" };
const hops = { schema: wholeNumber(0, 10), allowed: "a whole number from 0 to 10" };

/**
 * Checks every setting of an environment.
 *
 * @throws {SettingError} for the first one that cannot be used
 */
export function readSettings(env: Environment): StartSettings {
  const chosenPort = read(env, "PORT", port) ?? 3000;
  const database = read(env, "DATABASE_URL", databaseUrl);
  const required = database !== null;
  return {
    port: chosenPort,
    sandboxPort: read(env, "SANDBOX_PORT", port) ?? 4000,
    dataDir: read(env, "DATA_DIR", text) ?? ".data",
    publicUrl: read(env, "PUBLIC_URL", origin) ?? `http://localhost:${chosenPort}`,
    databaseUrl: database,
    masterKey: read({ MASTER_KEY: masterKeyOf(env) }, "MASTER_KEY", masterKey, required),
    masterKeysAlso: read(env, "MASTER_KEY_ALSO", masterKeys) ?? [],
    authSecret: read(env, "AUTH_SECRET", authSecret, required),
    metricsToken: read(env, "METRICS_TOKEN", metricsToken),
    trustedProxyHops: read(env, "TRUSTED_PROXY_HOPS", hops) ?? 0,
  };
}

/** How long whoever keeps the key may take to give it. */
const keyCommandMs = 20_000;

/** The key itself, or what a command prints that gets it from where it is kept, such as a key management service. */
function masterKeyOf(env: Environment): string | undefined {
  const command = env["MASTER_KEY_COMMAND"];
  if (env["MASTER_KEY"] || !command) return env["MASTER_KEY"];
  try {
    return execSync(command, { encoding: "utf8", timeout: keyCommandMs, stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    // What it printed may be half a key.
    const { status, signal } = error as { status?: number | null; signal?: string | null };
    const how = signal ? `was ended by ${signal}` : `ended with ${status ?? "an error"}`;
    throw new SettingError(`MASTER_KEY_COMMAND ${how}: it must print ${masterKey.allowed}, within 20 seconds`);
  }
}

let known: Settings | undefined;

/**
 * The settings of this process, checked at the first call.
 *
 * @throws {SettingError} also when the process was started by itself and has no database
 */
export function settings(): Settings {
  if (known) return known;
  known = withDatabase(readSettings(process.env));
  // The sign-in library reads its public address from this variable and from nowhere else.
  process.env["NEXTAUTH_URL"] = known.publicUrl;
  return known;
}

/**
 * What web and worker need to run, each by itself.
 *
 * @throws {SettingError} when it is not there
 */
export function withDatabase({
  databaseUrl: url,
  masterKey: key,
  authSecret: secret,
  ...rest
}: StartSettings): Settings {
  if (url && key && secret) return { ...rest, databaseUrl: url, masterKey: key, authSecret: secret };
  throw new SettingError(
    `DATABASE_URL is not set: it must be ${databaseUrl.allowed}; only \`npm start\` brings a database of its own`,
  );
}

type Rule<T> = { schema: z.ZodType<T, string>; allowed: string };

const secretNames = new Set(["DATABASE_URL", "MASTER_KEY", "MASTER_KEY_ALSO", "AUTH_SECRET", "METRICS_TOKEN"]);

/** An empty variable counts as an absent one: that is how containers and `.env` files leave a setting out. */
function read<T>(env: Environment, name: string, rule: Rule<T>, isRequired = false): T | null {
  const value = env[name];
  if (value === undefined || value === "") {
    if (!isRequired) return null;
    throw new SettingError(`${name} is not set: with DATABASE_URL it must be ${rule.allowed}`);
  }
  const checked = rule.schema.safeParse(value);
  if (checked.success) return checked.data;
  const shown = secretNames.has(name) ? "cannot be used" : `is ${JSON.stringify(value.slice(0, 100))}`;
  throw new SettingError(`${name} ${shown}: it must be ${rule.allowed}`);
}

function hide(value: string): Secret {
  return new Secret(value);
}

function isKey(value: string): boolean {
  const bytes = Buffer.from(value, "base64");
  return bytes.length === 32 && bytes.toString("base64").replace(/=+$/, "") === value.replace(/=+$/, "");
}

function isDatabaseUrl(value: string): boolean {
  return URL.canParse(value) && ["postgres:", "postgresql:"].includes(new URL(value).protocol);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const isPlain = url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return isPlain && ["http:", "https:"].includes(url.protocol);
}
