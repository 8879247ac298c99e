import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { isCommonPassword } from "./common-passwords";

const shortestPassword = 12;
const longestPassword = 200;

// The package declares its algorithms as a `const enum`, which is not there at run time; 2 is argon2id.
const argon2id = 2 as Algorithm;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), cost);
}

/**
 * Whether a password belongs to a stored hash. Without a hash it works as long and says no, so that the time tells
 * nobody which accounts exist.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  if (password.length > longestPassword) return false;
  const matches = await verify(passwordHash ?? (await hashOfNobody()), normal(password));
  return matches && passwordHash !== null;
}

/** A password somebody chooses for the account with this e-mail address. */
export function newPasswordFor(email: string) {
  return z
    .string()
    .min(shortestPassword, `Use at least ${shortestPassword} characters. A short sentence is easy to remember.`)
    .max(longestPassword, `At most ${longestPassword} characters.`)
    .refine((password) => !containsEmail(password, email), "Leave your e-mail address out of it.")
    .refine(
      (password) => !isCommonPassword(password),
      "This is one of the passwords that are tried first. Use another.",
    );
}

let nobody: Promise<string> | undefined;

function hashOfNobody(): Promise<string> {
  nobody ??= hashPassword(crypto.randomUUID());
  return nobody;
}

/** The same characters typed on another keyboard or system count as the same password. */
function normal(password: string): string {
  return password.normalize("NFKC");
}

function containsEmail(password: string, email: string): boolean {
  const typed = password.toLowerCase();
  const name = email.split("@")[0] ?? "";
  return typed.includes(email.toLowerCase()) || (name.length >= 5 && typed.includes(name.toLowerCase()));
}
