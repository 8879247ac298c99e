import type { Sql } from "postgres";
import type { ConsoleAccess } from "@/lib/domain/console-access";

/** Sets both lists and returns what they were. Whoever sets them at the same moment comes after. */
export async function setConsoleAccess(
  sql: Sql,
  { console: everything, settings }: ConsoleAccess,
): Promise<ConsoleAccess> {
  await sql`insert into console_access (console_addresses, settings_addresses) values ('{}', '{}') on conflict do nothing`;
  const [before] = await sql<ConsoleAccess[]>`
    select console_addresses as console, settings_addresses as settings from console_access for update`;
  await sql`
    update console_access set console_addresses = ${[...everything]}::text[], settings_addresses = ${[...settings]}::text[],
      changed_at = now()`;
  return before ?? { console: [], settings: [] };
}
