import { sqlClient } from "@/db/client";
import type { CallFilter } from "@/db/queries/calls";
import { hongKongDay } from "@/lib/domain/list-address";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** Calls that went wrong in the same way at the same endpoint. */
export type CallTrouble = {
  outcome: string;
  operation: string;
  code: string | null;
  /** What the gateway said the last time. */
  lastMessage: string | null;
  /** The HTTP status of the last answer. */
  lastStatus: number | null;
  count: number;
  firstAt: Date;
  lastAt: Date;
};

/** How many of the newest are looked at, so that a bad day costs no more than a good one. */
export const mostTroubles = 2_000;

/** Errors by their kind and endpoint, the latest first, without what somebody provoked by hand. `isCapped`: there are older ones that were not counted. */
export async function groupTroubles(
  scope: Scope,
  filter: Pick<CallFilter, "from" | "to" | "operation" | "credentialId">,
): Promise<{ groups: CallTrouble[]; isCapped: boolean }> {
  const from = filter.from ? hongKongDay(filter.from).begins.toISOString() : null;
  const to = filter.to ? hongKongDay(filter.to).ends.toISOString() : null;
  const rows = await sqlClient()<(CallTrouble & { total: number })[]>`
    with newest as (
      select outcome, operation, code, msg, http_status, recorded_at from gateway_calls
      where merchant_id = any(${merchantIdsOf(scope)}::uuid[]) and outcome <> 'ok' and composed_by is null
        and (${from}::timestamptz is null or recorded_at >= ${from}::timestamptz)
        and (${to}::timestamptz is null or recorded_at < ${to}::timestamptz)
        and (${filter.operation}::text is null or operation = ${filter.operation})
        and (${filter.credentialId}::uuid is null or credential_id = ${filter.credentialId}::uuid)
      order by recorded_at desc, id desc limit ${mostTroubles + 1}
    )
    select outcome, operation, code, (array_agg(msg order by recorded_at desc))[1] as "lastMessage",
      (array_agg(http_status order by recorded_at desc))[1] as "lastStatus",
      count(*)::int as count, min(recorded_at) as "firstAt", max(recorded_at) as "lastAt",
      (sum(count(*)) over ())::int as total
    from newest group by outcome, operation, code order by max(recorded_at) desc limit 30`;
  const groups = rows.map(({ total: _, ...row }) => ({
    ...row,
    firstAt: new Date(row.firstAt),
    lastAt: new Date(row.lastAt),
  }));
  return { groups, isCapped: (rows[0]?.total ?? 0) > mostTroubles };
}
