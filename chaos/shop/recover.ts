import { askDue } from "@/lib/payments/ask-due";
import { advance } from "./database-clock";
import type { Shop } from "./shop";

/**
 * What the worker does after a fault, with the waiting left out: asks whatever is due, lets time pass, and asks again
 * until nothing is open or patience ends.
 *
 * @returns how many questions were asked
 */
export async function recover(
  { sql }: Pick<Shop, "sql">,
  { hops = 60, atLeast = 0, passTime = (milliseconds) => advance(sql, milliseconds) }: Patience = {},
): Promise<number> {
  let asked = 0;
  for (let hop = 0; hop < hops; hop += 1) {
    for (let claimed = -1; claimed !== 0; asked += claimed) claimed = await askDue({ limit: 50, atOnce: 8 });
    asked += 1;
    if (hop >= atLeast && !(await isAnythingOpen(sql))) return asked;
    await passTime(hopMs);
  }
  return asked;
}

// Longer than either time after which something may be sent again or given up.
const hopMs = 130_000;

/** In hops of time. */
type Patience = { hops?: number; atLeast?: number; passTime?: (milliseconds: number) => Promise<void> };

async function isAnythingOpen(sql: Shop["sql"]): Promise<boolean> {
  const rows = await sql`
    select 1 from payments where state in ('prepared', 'unclear')
      or state = 'paid' and refunded_amount = amount and next_ask_at is not null
    union all select 1 from refunds where state in ('prepared', 'sent', 'unclear', 'pending')
    union all select 1 from cancels where state = 'sent'
    limit 1`;
  return rows.length > 0;
}
