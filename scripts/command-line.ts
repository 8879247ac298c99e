import { text } from "node:stream/consumers";
import type { z } from "zod";

/** What came on standard input, without the line end of `echo` or a pasted line. */
export async function typedIn(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, "");
}

/** One line, and an exit code that scripts can see. */
export function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message.replace(/\s*\n\s*/g, " "));
  process.exitCode = 1;
}

/** The first thing that is wrong, in one line, with the name a person typed it under. */
export function reasonOf(error: z.ZodError, prefix = ""): string {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? "");
  const shown =
    name === "secret" ? "secret" : `${prefix}${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return `${shown}: ${issue?.message ?? "is not right"}`;
}
