import { randomBytes } from "node:crypto";
import { z } from "zod";
import { tsProgram } from "@/scripts/start/processes.mjs";
import type { Ends } from "../server/ends";
import { startServer } from "../server/processes";

const Page = z.object({
  rows: z.array(z.object({ id: z.string(), createdAt: z.string(), amount: z.number() })),
  older: z.string().nullable(),
  newer: z.string().nullable(),
});
export type Page = z.infer<typeof Page>;

/** Where a row stands: when it was made, in milliseconds, and its id. */
export type Place = { at: number; id: string };

export type ListServer = { get: (params: Record<string, string>) => Promise<Page> };

/** A process that answers with screens of the list of one database. */
export async function startListServer(databaseUrl: string, ends: Ends): Promise<ListServer> {
  const { url } = await startServer(
    {
      name: "list",
      program: () => tsProgram("bench/payments-list/serve.ts"),
      env: {
        DATABASE_URL: databaseUrl,
        MASTER_KEY: randomBytes(32).toString("base64"),
        AUTH_SECRET: randomBytes(32).toString("base64"),
      },
      ready: "/",
    },
    ends,
  );
  return {
    async get(params) {
      const response = await fetch(`${url}/?${new URLSearchParams(params)}`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`the list answered ${response.status}: ${text.slice(0, 200)}`);
      return Page.parse(JSON.parse(text));
    },
  };
}

/**
 * The cursor of one row, made from any cursor of the same list: what comes first in it names the list, then follow the
 * value that the list is sorted by and the row's id. A wrong one opens page one, which the rows of the page give away.
 */
export function cursorAt(cursor: string, row: Place): string {
  const [seal] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  return Buffer.from(JSON.stringify([seal, row.at, row.id])).toString("base64url");
}
