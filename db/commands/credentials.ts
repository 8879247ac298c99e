import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import type { Environment } from "@/lib/domain/environment";
import { type CredentialId, MerchantId, newId } from "@/lib/domain/ids";

/** The merchant with this number in this environment, made when it is new. A label once given stays. */
export async function ensureMerchant(
  tx: Tx,
  { environment, mchNo }: { environment: Environment; mchNo: string },
): Promise<MerchantId> {
  const [made] = await tx
    .insert(merchants)
    .values({ merchantId: newId(MerchantId), environment, mchNo, label: mchNo })
    .onConflictDoNothing()
    .returning({ merchantId: merchants.merchantId });
  if (made) return MerchantId.parse(made.merchantId);
  const [known] = await tx
    .select({ merchantId: merchants.merchantId })
    .from(merchants)
    .where(and(eq(merchants.environment, environment), eq(merchants.mchNo, mchNo)));
  return MerchantId.parse(known?.merchantId);
}

export type CredentialKey = { merchantId: MerchantId; credentialId: CredentialId };

export type CredentialValues = {
  label: string;
  baseUrl: string;
  appId: string;
  encoding: "json" | "form";
  wayCodes: string[];
};

/** Returns whether it was added; not when the merchant has this application at this address already. */
export async function insertCredential(
  tx: Tx,
  { merchantId, credentialId }: CredentialKey,
  values: CredentialValues,
): Promise<boolean> {
  const added = await tx
    .insert(credentials)
    .values({ merchantId, id: credentialId, ...values })
    .onConflictDoNothing()
    .returning({ id: credentials.id });
  return added.length === 1;
}

/** Returns whether one of these merchants has this credential; it now says what `changes` say. */
export async function updateCredential(
  tx: Tx,
  { merchantIds, credentialId }: { merchantIds: MerchantId[]; credentialId: CredentialId },
  changes: Partial<{
    label: string;
    wayCodes: string[];
    isActive: boolean;
    paymentsAloneUpTo: number | null;
    refundsAloneUpTo: number | null;
    sourceMode: "learn" | "enforce";
    sourceAddresses: string[];
    retireCalls: number;
    retireNotifications: number;
    retireQuietMinutes: number;
  }>,
): Promise<boolean> {
  const changed = await tx
    .update(credentials)
    .set({ ...changes, changedAt: sql`now()` })
    .where(and(inArray(credentials.merchantId, merchantIds), eq(credentials.id, credentialId)))
    .returning({ id: credentials.id });
  return changed.length === 1;
}

export type SealedValues = {
  sealed: Buffer;
  wrappedKey: Buffer;
  fingerprint: string;
  lastFour: string;
  length: number;
};

/** Stores the first version of a secret, which signs from now on. */
export async function insertSecret(
  tx: Tx,
  { merchantId, credentialId, version }: CredentialKey & { version: number },
  values: SealedValues,
): Promise<void> {
  const signing = { stage: "current" as const, promotedAt: sql`now()` };
  await tx.insert(credentialSecrets).values({ merchantId, credentialId, version, ...signing, ...values });
}

/** Stores the next version of a secret, which verifies from now on and signs nothing. */
export async function insertPendingSecret(
  tx: Tx,
  { merchantId, credentialId, version }: CredentialKey & { version: number },
  values: SealedValues,
): Promise<void> {
  await tx.insert(credentialSecrets).values({ merchantId, credentialId, version, stage: "pending", ...values });
}

/** Every version of a secret, the newest first, as nobody changes them until the transaction ends. */
export async function lockSecrets(tx: Tx, { merchantId, credentialId }: CredentialKey) {
  await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.merchantId, merchantId), eq(credentials.id, credentialId)))
    .for("no key update");
  const { version, stage, fingerprint, length, ending } = credentialSecrets;
  return tx
    .select({ version, stage, fingerprint, length, ending })
    .from(credentialSecrets)
    .where(and(eq(credentialSecrets.merchantId, merchantId), eq(credentialSecrets.credentialId, credentialId)))
    .orderBy(desc(version));
}

/**
 * Whether a secret with these marks is stored in an environment, at whatever stage. Whoever asks about the same marks in
 * another transaction waits until this one ends, so that of two who store it at once the second one sees the first.
 */
export async function hasSecretLike(
  tx: Tx,
  { environment, ...marks }: { environment: Environment; fingerprint: string; length: number },
): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`secret ${marks.fingerprint}`}, 0))`);
  const [twin] = await tx
    .select({ version: credentialSecrets.version })
    .from(credentialSecrets)
    .innerJoin(merchants, eq(merchants.merchantId, credentialSecrets.merchantId))
    .where(
      and(
        eq(merchants.environment, environment),
        eq(credentialSecrets.fingerprint, marks.fingerprint),
        eq(credentialSecrets.length, marks.length),
      ),
    )
    .limit(1);
  return twin !== undefined;
}
