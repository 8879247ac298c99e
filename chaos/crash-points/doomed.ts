import { closeDb } from "@/db/client";
import type { Scope } from "@/lib/domain/viewer";
import { type Around, forgetClient, openGated, shelveClient } from "../shop/gated-client";
import { type Act, perform } from "./acts";

/** A process that ends at one of its steps. Steps are counted before and after every statement and every request. */
export type Doom = {
  databaseUrl: string;
  act: Act;
  operator: Scope;
  /** The step at which it ends; infinity lets it live and counts them. */
  step: number;
  /** Ends everything at once. Whatever it returns is never looked at. */
  die: () => void;
};

/** What an act that was let live came to. */
export type Lived = { steps: number; result: unknown };

/** Does the act until its doom. @returns `dead` where only this flow and not the process ended */
export async function doAndDie({ databaseUrl, act, operator, step, die }: Doom): Promise<Lived | "dead"> {
  let steps = 0;
  let onDeath: () => void = () => {};
  const death = new Promise<"dead">((resolve) => {
    onDeath = () => resolve("dead");
  });
  const pass = (): Promise<void> => {
    steps += 1;
    if (steps !== step) return Promise.resolve();
    die();
    onDeath();
    return new Promise(() => {});
  };
  const around: Around = async (statement, run) => {
    // A hint to open browsers, sent whenever: no step of the money's way.
    if (statement.startsWith("select pg_notify")) return [] as never;
    await pass();
    const result = await run();
    await pass();
    return result;
  };
  // What was prepared has used the product's own pools.
  await closeDb();
  const limit = { max: 1, statementTimeoutMs: 60_000, lockTimeoutMs: 60_000 };
  const client = openGated(databaseUrl, limit, { around, isWhole: false });
  shelveClient(client);
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    await pass();
    const response = await realFetch(input, init);
    await pass();
    return response;
  };
  try {
    return await Promise.race([perform(operator, act).then((result) => ({ steps, result })), death]);
  } finally {
    globalThis.fetch = realFetch;
    forgetClient();
    await client.raw.end({ timeout: 0 });
  }
}
