import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import type { SourceRule } from "@/lib/domain/address-list";
import { CredentialId, MerchantId } from "@/lib/domain/ids";
import type { ProbeOutcome, SecretEnding, SecretStage } from "@/lib/domain/rotation";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

export type CredentialRow = {
  merchantId: MerchantId;
  mchNo: string;
  id: CredentialId;
  label: string;
  appId: string;
  baseUrl: string;
  encoding: "json" | "form";
  /** Empty: every way code. */
  wayCodes: string[];
  isActive: boolean;
  /** Up to which amount a notification alone moves a payment or refund; see `lib/domain/notice-rule`. */
  paymentsAloneUpTo: number | null;
  refundsAloneUpTo: number | null;
  /** Where its notifications may come from. */
  sources: SourceRule;
  /** Whether refunds can be asked about, and on how many occasions since when that was answered with 404. */
  refundQuery: "unknown" | "available" | "missing";
  refundQueryAbsences: number;
  refundQueryAbsentSince: Date | null;
  /** What must have been seen since a promotion before the secret before it is retired. */
  retireCalls: number;
  retireNotifications: number;
  retireQuietMinutes: number;
  createdAt: Date;
  changedAt: Date;
};

/** What may be seen of one version of a secret. */
export type SecretRow = {
  version: number;
  stage: SecretStage;
  fingerprint: string;
  lastFour: string;
  length: number;
  /** What the gateway made of it when it was last asked with it. */
  probe: ProbeOutcome | null;
  probedAt: Date | null;
  /** Since when it signs, or when it last began to; null for one that never has. */
  promotedAt: Date | null;
  /** Nobody promoted it: the gateway refused the one before and took this one. */
  isSelfPromoted: boolean;
  ending: SecretEnding | null;
  endedAt: Date | null;
  createdAt: Date;
};

export type CredentialListRow = CredentialRow & {
  secret: SecretRow;
  /** Whether its key is being rotated: the next one is pending, or the one before still verifies. */
  rotation: "pending" | "previous" | null;
};

/** Every credential of the scope with its current secret's marks, active ones first, then in the order they were added. */
export async function listCredentials(scope: Scope): Promise<CredentialListRow[]> {
  const rows = await db()
    .select({
      credential: credentialColumns,
      secret: secretColumns,
      rotation: sql<CredentialListRow["rotation"]>`(
        select other.stage from credential_secrets other
        where other.merchant_id = ${credentials.merchantId} and other.credential_id = ${credentials.id}
          and other.stage in ('pending', 'previous') limit 1)`,
    })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .innerJoin(
      credentialSecrets,
      and(
        eq(credentialSecrets.merchantId, credentials.merchantId),
        eq(credentialSecrets.credentialId, credentials.id),
        eq(credentialSecrets.stage, "current"),
      ),
    )
    .where(inArray(credentials.merchantId, merchantIdsOf(scope)))
    .orderBy(desc(credentials.isActive), asc(credentials.createdAt), asc(credentials.id));
  return rows.map(({ credential, ...shown }) => ({ ...withSources(credential), ...shown }));
}

/** One credential of the scope and all versions of its secret, the newest first; `null` when the scope has none such. */
export async function findCredential(
  scope: Scope,
  credentialId: string,
): Promise<(CredentialRow & { secrets: SecretRow[] }) | null> {
  const id = CredentialId.safeParse(credentialId);
  if (!id.success) return null;
  const rows = await db()
    .select({ credential: credentialColumns, secret: secretColumns })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .innerJoin(
      credentialSecrets,
      and(eq(credentialSecrets.merchantId, credentials.merchantId), eq(credentialSecrets.credentialId, credentials.id)),
    )
    .where(and(inArray(credentials.merchantId, merchantIdsOf(scope)), eq(credentials.id, id.data)))
    .orderBy(desc(credentialSecrets.version));
  const credential = rows[0]?.credential;
  return credential === undefined ? null : { ...withSources(credential), secrets: rows.map(({ secret }) => secret) };
}

export type CredentialChoice = Pick<CredentialRow, "merchantId" | "mchNo" | "id" | "label" | "appId" | "wayCodes">;

/** The credentials that new payments may use, in the order they were added. Holds nothing about secrets. */
export async function listCredentialChoices(scope: Scope): Promise<CredentialChoice[]> {
  const rows = await db()
    .select({
      merchantId: credentials.merchantId,
      mchNo: merchants.mchNo,
      id: credentials.id,
      label: credentials.label,
      appId: credentials.appId,
      wayCodes: credentials.wayCodes,
    })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .where(and(inArray(credentials.merchantId, merchantIdsOf(scope)), credentials.isActive))
    .orderBy(asc(credentials.createdAt), asc(credentials.id));
  return rows.map(withIds);
}

const credentialColumns = {
  merchantId: credentials.merchantId,
  mchNo: merchants.mchNo,
  id: credentials.id,
  label: credentials.label,
  appId: credentials.appId,
  baseUrl: credentials.baseUrl,
  encoding: credentials.encoding,
  wayCodes: credentials.wayCodes,
  isActive: credentials.isActive,
  paymentsAloneUpTo: credentials.paymentsAloneUpTo,
  refundsAloneUpTo: credentials.refundsAloneUpTo,
  sourceMode: credentials.sourceMode,
  sourceAddresses: credentials.sourceAddresses,
  refundQuery: credentials.refundQuery,
  refundQueryAbsences: credentials.refundQueryAbsences,
  refundQueryAbsentSince: credentials.refundQueryAbsentSince,
  retireCalls: credentials.retireCalls,
  retireNotifications: credentials.retireNotifications,
  retireQuietMinutes: credentials.retireQuietMinutes,
  createdAt: credentials.createdAt,
  changedAt: credentials.changedAt,
};

const secretColumns = {
  version: credentialSecrets.version,
  stage: credentialSecrets.stage,
  fingerprint: credentialSecrets.fingerprint,
  lastFour: credentialSecrets.lastFour,
  length: credentialSecrets.length,
  probe: credentialSecrets.probe,
  probedAt: credentialSecrets.probedAt,
  promotedAt: credentialSecrets.promotedAt,
  isSelfPromoted: credentialSecrets.isSelfPromoted,
  ending: credentialSecrets.ending,
  endedAt: credentialSecrets.endedAt,
  createdAt: credentialSecrets.createdAt,
};

function withIds<Row extends { merchantId: string; id: string }>(row: Row) {
  return { ...row, merchantId: MerchantId.parse(row.merchantId), id: CredentialId.parse(row.id) };
}

function withSources<
  Row extends { merchantId: string; id: string; sourceMode: SourceRule["mode"]; sourceAddresses: string[] },
>({ sourceMode, sourceAddresses, ...row }: Row) {
  return { ...withIds(row), sources: { mode: sourceMode, addresses: sourceAddresses } };
}
