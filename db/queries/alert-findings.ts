import { sqlClient } from "@/db/client";
import { type AlertFacts, fewestCalls, mostAlertCounted } from "@/lib/domain/alerts";
import type { Environment } from "@/lib/domain/environment";

/** That a rule's limit is reached, now, for one subject. */
export type AlertFinding = { merchantId: string; credentialId: string; subject: string; facts: AlertFacts };

export type AlertQuestion = { environment: Environment; least: number; minutes: number };

type Row = { merchantId: string; credentialId: string; subject: string; facts: AlertFacts };

/** Credentials to which many messages came that no key of theirs signed. */
export async function findBadSignatures({ environment, least, minutes }: AlertQuestion): Promise<AlertFinding[]> {
  return await sqlClient()<Row[]>`
    select c.merchant_id as "merchantId", c.id as "credentialId", c.id as subject,
      jsonb_build_object('count', recent.count, 'notificationId', recent.example) as facts
    from merchants m
    join credentials c on c.merchant_id = m.merchant_id
    cross join lateral (
      select count(*)::int as count, (array_agg(counted.id order by counted.received_at desc))[1] as example from (
        select n.id, n.received_at from notifications n
        where n.merchant_id = c.merchant_id and n.credential_id = c.id and n.authenticity <> 'valid'
          and n.authenticity = 'bad-signature' and n.received_at > now() - make_interval(mins => ${minutes}::int)
        limit ${mostAlertCounted}::int
      ) as counted
    ) as recent
    where m.environment = ${environment} and recent.count >= ${least}::int`;
}

/**
 * Credentials whose orders are paid, as only our own questions found out, while nothing authentic comes in. Looks at the
 * newest orders of the last day, as many as are counted at most.
 */
export async function findSilence({ environment, least, minutes }: AlertQuestion): Promise<AlertFinding[]> {
  return await sqlClient()<Row[]>`
    select m.merchant_id as "merchantId", quiet.credential_id as "credentialId", quiet.credential_id as subject,
      jsonb_build_object('count', quiet.count, 'paymentId', quiet.example) as facts
    from merchants m
    cross join lateral (
      select recent.credential_id, count(*)::int as count, (array_agg(recent.id order by recent.created_at desc))[1] as example
      from (
        select p.id, p.credential_id, p.created_at, p.state, p.proven_by, p.notify_url, p.paid_at, p.is_adopted
        from payments p
        where p.merchant_id = m.merchant_id and p.created_at > now() - interval '1 day'
          and p.created_at <= now() - make_interval(mins => ${minutes}::int)
        order by p.created_at desc
        limit ${mostAlertCounted}::int
      ) as recent
      where recent.state = 'paid' and recent.proven_by = 'query' and recent.notify_url is not null
        and not recent.is_adopted and recent.paid_at <= now() - make_interval(mins => ${minutes}::int)
        and not exists (
          select 1 from notifications n where n.merchant_id = m.merchant_id and n.payment_id = recent.id
        )
      group by recent.credential_id
      having count(*) >= ${least}::int
    ) as quiet
    where m.environment = ${environment} and not exists (
      select 1 from notifications n
      where n.merchant_id = m.merchant_id and n.credential_id = quiet.credential_id and n.authenticity = 'valid'
        and n.received_at > now() - make_interval(mins => ${minutes}::int)
    )`;
}

/** Refunds that were sent and whose outcome has been unknown for long, the oldest of each merchant. */
export async function findUnclearRefunds({ environment, minutes }: AlertQuestion): Promise<AlertFinding[]> {
  return await sqlClient()<Row[]>`
    select m.merchant_id as "merchantId", old.credential_id as "credentialId", old.id as subject,
      jsonb_build_object('mchRefundNo', old.mch_refund_no, 'paymentId', old.payment_id) as facts
    from merchants m
    cross join lateral (
      select r.id, r.credential_id, r.mch_refund_no, r.payment_id
      from refunds r
      where r.merchant_id = m.merchant_id and r.state in ('sent', 'unclear', 'pending') and r.state = 'unclear'
        and coalesce(r.sent_at, r.created_at) <= now() - make_interval(mins => ${minutes}::int)
      order by coalesce(r.sent_at, r.created_at), r.id
      limit 20
    ) as old
    where m.environment = ${environment}`;
}

/** Credentials of whose latest calls at least so many percent brought no usable answer. A refusal is an answer. */
export async function findGatewayErrors({ environment, least, minutes }: AlertQuestion): Promise<AlertFinding[]> {
  return await sqlClient()<Row[]>`
    select m.merchant_id as "merchantId", troubled.credential_id as "credentialId", troubled.credential_id as subject,
      jsonb_build_object('count', troubled.failed, 'of', troubled.calls) as facts
    from merchants m
    cross join lateral (
      select latest.credential_id, count(*)::int as calls,
        (count(*) filter (where latest.outcome not in ('ok', 'refused', 'duplicate', 'invalid-request')))::int as failed
      from (
        select g.credential_id, g.outcome from gateway_calls g
        where g.merchant_id = m.merchant_id and g.recorded_at > now() - make_interval(mins => ${minutes}::int)
          and g.composed_by is null
        order by g.recorded_at desc
        limit ${mostAlertCounted}::int
      ) as latest
      group by latest.credential_id
    ) as troubled
    where m.environment = ${environment} and troubled.calls >= ${fewestCalls}::int
      and troubled.failed * 100 >= ${least}::int * troubled.calls`;
}

/** Credentials whose key was promoted by itself lately, and where the one before still verifies. */
export async function findKeySwitches({ environment, minutes }: AlertQuestion): Promise<AlertFinding[]> {
  return await sqlClient()<Row[]>`
    select m.merchant_id as "merchantId", now_signing.credential_id as "credentialId", now_signing.credential_id as subject,
      jsonb_build_object('version', now_signing.version, 'before', before.version) as facts
    from merchants m
    join credential_secrets now_signing on now_signing.merchant_id = m.merchant_id
      and now_signing.stage = 'current' and now_signing.is_self_promoted
      and now_signing.promoted_at > now() - make_interval(mins => ${minutes}::int)
    join credential_secrets before on before.merchant_id = m.merchant_id
      and before.credential_id = now_signing.credential_id and before.stage = 'previous'
    where m.environment = ${environment}`;
}
