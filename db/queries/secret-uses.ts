import { sqlClient } from "@/db/client";
import type { CredentialId, MerchantId } from "@/lib/domain/ids";

/** Looking ends here: more would cost more. A merchant with more than this since the moment asked about is told so. */
const mostLooked = 20_000;

/** Calls of one kind: signed by a version, answered by a version, refused with certain words. */
export type CallUse = {
  version: number;
  isProven: boolean;
  refusedCode: string | null;
  refusedMsg: string | null;
  answerVersion: number | null;
  count: number;
  lastAt: Date;
};

export type NotificationUse = { version: number; count: number; lastAt: Date };

export type SecretUses = {
  calls: CallUse[];
  notifications: NotificationUse[];
  /** How far back it was looked: `since`, or later where there was too much. */
  lookedSince: Date;
  /** The database's clock, by which everything above is dated. */
  now: Date;
};

type Asked = { merchantId: MerchantId; credentialId: CredentialId; since: Date };

/** What each version of a credential's secret was used for since a moment. For a credential that the caller may see. */
export async function readSecretUses(asked: Asked): Promise<SecretUses> {
  const [calls, notifications] = await Promise.all([readCallUses(asked), readNotificationUses(asked)]);
  const lookedSince = new Date(Math.max(calls.lookedSince.getTime(), notifications.lookedSince.getTime()));
  return { calls: calls.uses, notifications: notifications.uses, lookedSince, now: calls.now };
}

type Reach = { isEverything: boolean; oldest: Date | null; now: Date };
type Rows<Use> = { uses: Use[]; lookedSince: Date; now: Date };

async function readCallUses({ merchantId, credentialId, since }: Asked): Promise<Rows<CallUse>> {
  const rows = await sqlClient()<(CallUse & Reach)[]>`
    with looked as (
      select * from (
        select credential_id, secret_version, answer_secret_version, verification, outcome, code, msg, recorded_at
        from gateway_calls
        where merchant_id = ${merchantId}::uuid and recorded_at >= ${since.toISOString()}::timestamptz
        order by recorded_at desc, id desc limit ${mostLooked}::int
      ) as newest
    ), reach as (select count(*) < ${mostLooked}::int as "isEverything", min(recorded_at) as oldest, now() as now from looked),
    used as (
      select secret_version as version, verification = 'valid' as "isProven",
        case when outcome = 'refused' then code end as "refusedCode",
        case when outcome = 'refused' then msg end as "refusedMsg",
        answer_secret_version as "answerVersion", count(*)::int as count, max(recorded_at) as "lastAt"
      from looked where credential_id = ${credentialId}::uuid
      group by 1, 2, 3, 4, 5
    )
    select * from reach left join used on true`;
  return rowsOf(rows, since);
}

/** A message that came before the moment and again after it counts: the gateway repeats it for as long as it is not taken. */
async function readNotificationUses({ merchantId, credentialId, since }: Asked): Promise<Rows<NotificationUse>> {
  const moment = since.toISOString();
  const rows = await sqlClient()<(NotificationUse & Reach)[]>`
    with looked as (
      select * from (
        select credential_id, secret_version, authenticity, received_at, last_received_at
        from notifications
        where merchant_id = ${merchantId}::uuid and received_at >= ${moment}::timestamptz - interval '1 day'
        order by received_at desc, id desc limit ${mostLooked}::int
      ) as newest
    ), reach as (select count(*) < ${mostLooked}::int as "isEverything", min(received_at) as oldest, now() as now from looked),
    used as (
      select secret_version as version, count(*)::int as count, max(last_received_at) as "lastAt"
      from looked
      where credential_id = ${credentialId}::uuid and authenticity = 'valid' and secret_version is not null
        and last_received_at >= ${moment}::timestamptz
      group by 1
    )
    select * from reach left join used on true`;
  return rowsOf(rows, since);
}

function rowsOf<Use extends { version: number; lastAt: Date }>(rows: readonly (Use & Reach)[], since: Date): Rows<Use> {
  const reach = rows[0];
  const oldest = new Date(reach?.oldest ?? since);
  const isCut = reach?.isEverything === false && oldest > since;
  return {
    uses: rows.filter(({ version }) => version !== null).map(withDate),
    lookedSince: isCut ? oldest : since,
    now: new Date(reach?.now ?? since),
  };
}

// The driver hands out times as text.
function withDate<Use extends { lastAt: Date }>(use: Use): Use {
  return { ...use, lastAt: new Date(use.lastAt) };
}
