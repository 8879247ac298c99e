import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { dataDir } from "./run";

/** Every way in which a secret could have been written down. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const hex = bytes.toString("hex");
  const raw = decoded(secret);
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      JSON.stringify(secret).slice(1, -1),
      hex,
      hex.toUpperCase(),
      [...secret].reverse().join(""),
      ...insideBase64(bytes),
      ...(raw ? [raw.toString("hex"), raw.toString("hex").toUpperCase(), raw.toString("base64url")] : []),
    ]),
  ];
}

/** What the text is in base64 when it stands in the middle of something, at each of the three possible offsets. */
function insideBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
    const text = whole.subarray(0, whole.length - (whole.length % 3)).toString("base64");
    const clean = text.slice(offset === 0 ? 0 : 4);
    return [clean, clean.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** A key that is written in base64 is also its bytes. */
function decoded(secret: string): Buffer | null {
  return /^[A-Za-z0-9+/]{43}=$/.test(secret) ? Buffer.from(secret, "base64") : null;
}

export type Secret = { name: string; value: string };
export type Trace = { name: string; text: string };

/** Which secret was found where. */
export function foundIn(traces: readonly Trace[], secrets: readonly Secret[]): string[] {
  const sought = secrets.map(({ name, value }) => ({ name, texts: spellings(value) }));
  return traces.flatMap((trace) =>
    sought
      .filter(({ texts }) => texts.some((text) => trace.text.includes(text)))
      .map(({ name }) => `${name} in ${trace.name}`),
  );
}

/** Every row of the database of this run. */
export async function databaseDump(): Promise<Trace> {
  const { databaseUrl } = JSON.parse(fs.readFileSync(path.join(dataDir, "run.json"), "utf8"));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", path.join("scripts", "dump-database.ts")],
    { env: { ...process.env, DATABASE_URL: databaseUrl }, maxBuffer: 2 ** 30 },
  );
  return { name: "the database", text: stdout };
}

/** What the processes of this run have said, the database server included. */
export function processOutput(): Trace[] {
  const transcript = process.env["E2E_TRANSCRIPT"];
  if (!transcript) throw new Error("E2E_TRANSCRIPT is not set: `npm run journeys` writes down what the processes say");
  const files = [transcript, path.join(dataDir, "postgres.log")];
  return files.map((file) => ({ name: path.basename(file), text: fs.readFileSync(file, "utf8") }));
}

/** The keys of this run, which nobody but its processes may know. */
export function keysOfRun(): Secret[] {
  const { masterKey, authSecret } = JSON.parse(fs.readFileSync(path.join(dataDir, "keys.json"), "utf8"));
  return [
    { name: "MASTER_KEY", value: masterKey },
    { name: "AUTH_SECRET", value: authSecret },
  ];
}
