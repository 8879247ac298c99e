// @ts-check
import path from "node:path";
import { ensureDatabase } from "./start/database.mjs";
import { startEmbeddedPostgres } from "./start/embedded-postgres.mjs";
import { stopRequest } from "./start/lifetime.mjs";

/**
 * Runs only the embedded database, until Ctrl-C or SIGTERM, and prints its address: for a test run of one file, a
 * look into the tables, or a measurement.
 *
 *   node scripts/postgres.mjs [DATA_DIR]
 */
const dataDir = path.resolve(process.argv[2] ?? ".test/postgres-alone");
const { signal, requested } = stopRequest();
const server = await startEmbeddedPostgres({ dataDir, say: (line) => console.error(line) });
try {
  await ensureDatabase(server.url("postgres"), "countersign");
  if (!signal.aborted) console.log(`DATABASE_URL=${server.url("countersign")}`);
  const keepAlive = setInterval(() => {}, 60_000);
  await requested;
  clearInterval(keepAlive);
} finally {
  await server.stop();
}
