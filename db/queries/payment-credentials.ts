import { and, asc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { payments } from "@/db/schema/payments";
import { CredentialId, type PaymentId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** A credential as the payment pages name it. `wayCodes` empty: every way. */
export type NamedCredential = { id: CredentialId; label: string; wayCodes: string[]; isActive: boolean };

/** The credentials of the scope by label, the inactive ones included: old payments were made with them. */
export async function credentialsByLabel(scope: Scope): Promise<NamedCredential[]> {
  if (scope.merchants.length === 0) return [];
  const rows = await db()
    .select({
      id: credentials.id,
      label: credentials.label,
      wayCodes: credentials.wayCodes,
      isActive: credentials.isActive,
    })
    .from(credentials)
    .where(inArray(credentials.merchantId, merchantIdsOf(scope)))
    .orderBy(asc(credentials.label), asc(credentials.id));
  return rows.map((row) => ({ ...row, id: CredentialId.parse(row.id) }));
}

/** What a new payment can take over from an earlier one. The payer's own things (address, codes) are not among it. */
export async function paymentToRepeat(scope: Scope, paymentId: PaymentId) {
  if (scope.merchants.length === 0) return null;
  const [row] = await db()
    .select({
      amount: payments.amount,
      heldAmount: payments.heldAmount,
      currency: payments.currency,
      wayCode: payments.wayCode,
      credentialId: payments.credentialId,
      subject: payments.subject,
      body: payments.body,
      expiredTimeSeconds: payments.expiredTimeSeconds,
      returnUrl: payments.returnUrl,
      extParam: payments.extParam,
    })
    .from(payments)
    .where(and(inArray(payments.merchantId, merchantIdsOf(scope)), eq(payments.id, paymentId)))
    .limit(1);
  return row ?? null;
}

/** The form a gateway handed out for a payment, as it came: hostile until proven otherwise, and nobody proves it. */
export async function payFormOf(scope: Scope, paymentId: PaymentId): Promise<string | null> {
  if (scope.merchants.length === 0) return null;
  const [row] = await db()
    .select({ payDataType: payments.payDataType, payData: payments.payData })
    .from(payments)
    .where(and(inArray(payments.merchantId, merchantIdsOf(scope)), eq(payments.id, paymentId)))
    .limit(1);
  return row?.payDataType?.toLowerCase() === "form" ? row.payData : null;
}
