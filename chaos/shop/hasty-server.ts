import postgres from "postgres";

/**
 * Lets a server of our own leave everything to the operating system: no campaign is about a machine that loses power,
 * and waiting for the disk would be most of the time. Kept with the server's files.
 */
export async function forgoDurability(serverUrl: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`alter system set fsync = off`;
    await sql`alter system set full_page_writes = off`;
    await sql`alter system set synchronous_commit = off`;
    await sql`select pg_reload_conf()`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
