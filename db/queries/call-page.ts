import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { gatewayCalls } from "@/db/schema/gateway-calls";
import { payments } from "@/db/schema/payments";
import { people } from "@/db/schema/people";
import { refunds } from "@/db/schema/refunds";
import { CredentialId, GatewayCallId, PaymentId, RefundId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** One request of ours and its answer, as kept: masked. */
export type CallDetails = NonNullable<Awaited<ReturnType<typeof findCall>>>;

/** Null when this environment has none of that id. */
export async function findCall(scope: Scope, callId: GatewayCallId) {
  const [row] = await db()
    .select({
      id: gatewayCalls.id,
      credentialId: gatewayCalls.credentialId,
      credentialLabel: credentials.label,
      secretVersion: gatewayCalls.secretVersion,
      secretFingerprint: credentialSecrets.fingerprint,
      secretLastFour: credentialSecrets.lastFour,
      operation: gatewayCalls.operation,
      url: gatewayCalls.url,
      encoding: gatewayCalls.encoding,
      requestFields: gatewayCalls.requestFields,
      signedText: gatewayCalls.signedText,
      sentSign: gatewayCalls.sentSign,
      startedAt: gatewayCalls.startedAt,
      durationMs: gatewayCalls.durationMs,
      // The driver reads a gap in an array of numbers as no number.
      timingsUs: sql<(number | null)[] | null>`to_jsonb(${gatewayCalls.timingsUs})`,
      httpStatus: gatewayCalls.httpStatus,
      contentType: gatewayCalls.contentType,
      answerText: gatewayCalls.answerText,
      verification: gatewayCalls.verification,
      code: gatewayCalls.code,
      msg: gatewayCalls.msg,
      outcome: gatewayCalls.outcome,
      recordedAt: gatewayCalls.recordedAt,
      sentBody: gatewayCalls.sentBody,
      // A left join makes each of these null together.
      payment: { id: payments.id, mchOrderNo: payments.mchOrderNo, state: payments.state },
      refund: { id: refunds.id, mchRefundNo: refunds.mchRefundNo, state: refunds.state },
      composedBy: { id: people.id, name: people.name },
    })
    .from(gatewayCalls)
    .innerJoin(
      credentials,
      and(eq(credentials.merchantId, gatewayCalls.merchantId), eq(credentials.id, gatewayCalls.credentialId)),
    )
    .leftJoin(
      credentialSecrets,
      and(
        eq(credentialSecrets.merchantId, gatewayCalls.merchantId),
        eq(credentialSecrets.credentialId, gatewayCalls.credentialId),
        eq(credentialSecrets.version, gatewayCalls.secretVersion),
      ),
    )
    .leftJoin(payments, and(eq(payments.merchantId, gatewayCalls.merchantId), eq(payments.id, gatewayCalls.paymentId)))
    .leftJoin(refunds, and(eq(refunds.merchantId, gatewayCalls.merchantId), eq(refunds.id, gatewayCalls.refundId)))
    .leftJoin(people, eq(people.id, gatewayCalls.composedBy))
    .where(and(inArray(gatewayCalls.merchantId, merchantIdsOf(scope)), eq(gatewayCalls.id, callId)))
    .limit(1);
  if (!row) return null;
  return {
    ...row,
    id: GatewayCallId.parse(row.id),
    credentialId: CredentialId.parse(row.credentialId),
    payment: row.payment ? { ...row.payment, id: PaymentId.parse(row.payment.id) } : null,
    refund: row.refund ? { ...row.refund, id: RefundId.parse(row.refund.id) } : null,
  };
}

/** One of the calls about the same payment or refund. */
export type SiblingCall = { id: GatewayCallId; outcome: string; durationMs: number; startedAt: Date };

// The worker asks about an open order many times; a person looks for the tries around this one.
const mostSiblings = 100;

/** Every try of the same operation about the same payment or refund, oldest first, this call among them. */
export async function listTries(scope: Scope, call: CallDetails): Promise<SiblingCall[]> {
  if (!call.payment) return [];
  const rows = await db()
    .select({
      id: gatewayCalls.id,
      outcome: gatewayCalls.outcome,
      durationMs: gatewayCalls.durationMs,
      startedAt: gatewayCalls.startedAt,
    })
    .from(gatewayCalls)
    .where(
      and(
        inArray(gatewayCalls.merchantId, merchantIdsOf(scope)),
        eq(gatewayCalls.paymentId, call.payment.id),
        eq(gatewayCalls.operation, call.operation),
        call.refund ? eq(gatewayCalls.refundId, call.refund.id) : undefined,
      ),
    )
    .orderBy(asc(gatewayCalls.startedAt), asc(gatewayCalls.id))
    .limit(mostSiblings);
  return rows.map((row) => ({ ...row, id: GatewayCallId.parse(row.id) }));
}
