import { randomUUID } from "node:crypto";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { removeDataFolder, startEmbeddedPostgres } from "@/scripts/start/embedded-postgres.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the server on which each test file makes its own database. */
    databaseServer: string;
  }
}

/** Gives the tests a real PostgreSQL: the one named in the environment, or one of its own for the length of the run. */
export default async function provideServer(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given) {
    project.provide("databaseServer", given);
    return undefined;
  }
  const dataDir = path.resolve(".test", `vitest-${randomUUID().slice(0, 8)}`);
  const server = await startEmbeddedPostgres({ dataDir });
  project.provide("databaseServer", server.url("postgres"));
  return async () => {
    await server.stop();
    removeDataFolder(dataDir);
  };
}
