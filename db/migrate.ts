import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { databaseNow, prepareMonths } from "./commands/notification-months";

/** Any number will do, as long as every version of the product takes the same one. */
const lockNumber = 731_204_118;

/**
 * Brings a database up to date. Any number of processes may do it at once: one works, the others wait and find it done.
 *
 * @param url  a direct address: the lock belongs to a connection, and a pooler would hand that to somebody else
 */
export async function migrateDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(${lockNumber})`;
    await migrate(drizzle({ client: sql }), {
      migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    });
    await prepareMonths(sql, await databaseNow(sql));
  } finally {
    // The lock goes with the connection.
    await sql.end({ timeout: 5 });
  }
}
