import { sqlClient } from "@/db/client";

/** What a monitor watches. Counts stop at `mostCounted`, so that looking costs the same whatever has piled up. */
type Metrics = {
  openPayments: number;
  unclearPayments: number;
  openRefunds: number;
  unclearRefunds: number;
  /** Seconds for which the most overdue question has been waiting; 0 when the worker keeps up. */
  oldestDueSeconds: number;
  /** Payments, and refunds, that ask for a person's look. */
  loudPayments: number;
  loudRefunds: number;
};

export const mostCounted = 10_001;

/** Reads the whole installation, both environments: for a monitor with a token, never for a person's page. */
export async function readMetrics(): Promise<Metrics> {
  const sql = sqlClient();
  const open = (table: "payments" | "refunds", states: string) => sql`(
    select count(*)::int from (
      select 1 from ${sql(table)} where state = any(string_to_array(${states}, ',')) limit ${mostCounted}::int
    ) as counted)`;
  const loud = (table: "payments" | "refunds") => sql`(
    select count(*)::int from (
      select 1 from ${sql(table)} where attention is not null limit ${mostCounted}::int
    ) as counted)`;
  const [row] = await sql<Metrics[]>`
    select ${open("payments", "prepared,unclear,created,waiting")} as "openPayments",
      ${open("payments", "unclear")} as "unclearPayments",
      ${open("refunds", "prepared,sent,unclear,pending")} as "openRefunds",
      ${open("refunds", "unclear")} as "unclearRefunds",
      ${loud("payments")} as "loudPayments",
      ${loud("refunds")} as "loudRefunds",
      (select coalesce(greatest(extract(epoch from now() - min(next_ask_at)), 0), 0)::int from (
        (select next_ask_at from payments where next_ask_at is not null order by next_ask_at limit 1)
        union all
        (select next_ask_at from refunds where next_ask_at is not null order by next_ask_at limit 1)
      ) as due) as "oldestDueSeconds"`;
  if (!row) throw new Error("The metrics query gave no row.");
  return row;
}
