import { isAbsolute, resolve } from "node:path";
import { err, ok, type Result } from "@/lib/domain/result";

type SandboxSettings = { port: number; folder: string };

/**
 * The sandbox's own few settings.
 *
 * @returns the settings, or one line for the person who starts it
 */
export function readSandboxSettings(environment: Record<string, string | undefined>): Result<SandboxSettings, string> {
  if (environment.NODE_ENV === "production" && environment.DATABASE_URL) {
    // A pretend gateway beside real money would answer "paid" for payments nobody made.
    return err("The sandbox gateway does not start with NODE_ENV=production and a DATABASE_URL: it moves no money.");
  }
  const port = environment.SANDBOX_PORT || "4000";
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535) {
    return err(`SANDBOX_PORT is "${port}", but it must be a whole number from 0 to 65535.`);
  }
  const dataDir = environment.DATA_DIR || ".data";
  const root = isAbsolute(dataDir) ? dataDir : resolve(process.cwd(), dataDir);
  return ok({ port: Number(port), folder: resolve(root, "sandbox") });
}
