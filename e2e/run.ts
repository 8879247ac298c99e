import fs from "node:fs";
import path from "node:path";

/** A person who can sign in to the console under test. */
export type SignIn = { email: string; name: string; role: "support" | "operator" | "admin"; password: string };

/** Where the console and the pretend gateway of this run are. */
export const webUrl = fromRun("E2E_WEB_URL");
export const sandboxUrl = fromRun("E2E_SANDBOX_URL");

const signInsFile = fromRun("E2E_SIGN_INS");

/** The data folder of the console under test; its keys and the address of its database lie there. */
export const dataDir = path.dirname(signInsFile);

export function signInOf(role: SignIn["role"]): SignIn {
  const all: SignIn[] = JSON.parse(fs.readFileSync(signInsFile, "utf8"));
  const found = all.find((one) => one.role === role);
  if (!found) throw new Error(`nobody of role ${role} can sign in`);
  return found;
}

/** Cookies of a person who signed in at the beginning of the run. */
export function sessionFile(role: SignIn["role"]): string {
  return path.join(dataDir, "journeys", `${role}.json`);
}

function fromRun(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: \`npm run journeys\` starts what the journeys need`);
  return value;
}
