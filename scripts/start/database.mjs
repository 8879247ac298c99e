// @ts-check
/**
 * Makes a database unless it is there. The driver is loaded late: this file is also read before anything is installed.
 *
 * @param {string} serverUrl  the address of any existing database of the server
 * @param {string} name
 */
export async function ensureDatabase(serverUrl, name) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}
