// @ts-check
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** @typedef {{ masterKey: string, authSecret: string }} Keys */
/** @typedef {{ email: string, name: string, role: "support" | "operator" | "admin", password: string }} SignIn */

/** Where the sign-ins of the demo people lie. @param {string} dataDir */
export const signInsFile = (dataDir) => path.join(dataDir, "sign-ins.json");

/**
 * The keys of the embedded demo, made at the first start. Without them its stored secrets cannot be read again.
 *
 * @param {string} dataDir
 * @returns {Keys}
 */
export function demoKeys(dataDir) {
  return onceInto(path.join(dataDir, "keys.json"), () => ({
    masterKey: randomBytes(32).toString("base64"),
    authSecret: randomBytes(32).toString("base64"),
  }));
}

/**
 * The demo people, one per role, with passwords made at the first start.
 *
 * @param {string} dataDir
 * @returns {SignIn[]}
 */
export function demoSignIns(dataDir) {
  return onceInto(signInsFile(dataDir), () => [
    { email: "support@demo.example", name: "Sam Support", role: "support", password: newPassword() },
    { email: "operator@demo.example", name: "Olga Operator", role: "operator", password: newPassword() },
    { email: "admin@demo.example", name: "Ada Admin", role: "admin", password: newPassword() },
  ]);
}

/** Four groups of four, without letters that look alike: somebody will type it. */
function newPassword() {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from(randomBytes(4), (byte) => letters[byte % letters.length]).join("");
  return [group(), group(), group(), group()].join("-");
}

/**
 * @template T
 * @param {string} file
 * @param {() => T} make
 * @returns {T}
 */
function onceInto(file, make) {
  if (!fs.existsSync(file)) {
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(make(), null, 2)}\n`, { mode: 0o600 });
    fs.renameSync(`${file}.new`, file);
  }
  return JSON.parse(fs.readFileSync(file, "utf8"));
}
