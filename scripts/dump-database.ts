import postgres from "postgres";

/**
 * Prints every row of every table of `DATABASE_URL`, one JSON object per line, bytes in hexadecimal and as text. The
 * journeys look through it for secrets.
 */
const url = process.env["DATABASE_URL"];
if (!url) throw new Error("DATABASE_URL is not set");
const sql = postgres(url, { max: 1, onnotice: () => {} });
try {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`;
  for (const { name } of tables) {
    await sql.unsafe(`select * from ${name}`).cursor(500, (rows) => {
      for (const row of rows) process.stdout.write(`${JSON.stringify({ table: name, ...readable(row) })}\n`);
    });
  }
} finally {
  await sql.end();
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      value instanceof Uint8Array
        ? [
            [column, Buffer.from(value).toString("hex")],
            [`${column} as text`, Buffer.from(value).toString("latin1")],
          ]
        : [[column, value]],
    ),
  );
}
