import { and, eq, inArray, lt, sql } from "drizzle-orm";
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

/** Stores the first version of a secret, or the next one after `makeRoomForSecret`. */
export async function insertSecret(
  tx: Tx,
  { merchantId, credentialId, version }: CredentialKey & { version: number },
  values: SealedValues,
): Promise<void> {
  await tx.insert(credentialSecrets).values({ merchantId, credentialId, version, stage: "current", ...values });
}

/**
 * Moves the current secret to where it only verifies and the one before it out of use.
 *
 * @param expected  the version that must be current; when it is not any more, nothing changes
 * @returns         whether there is room for version `expected + 1`
 */
export async function makeRoomForSecret(tx: Tx, key: CredentialKey, expected: number): Promise<boolean> {
  const moved = await tx
    .update(credentialSecrets)
    .set({ stage: "previous" })
    .where(and(ofCredential(key), eq(credentialSecrets.stage, "current"), eq(credentialSecrets.version, expected)))
    .returning({ version: credentialSecrets.version });
  if (moved.length === 0) return false;
  await tx
    .update(credentialSecrets)
    .set({ stage: "retired" })
    .where(and(ofCredential(key), eq(credentialSecrets.stage, "previous"), lt(credentialSecrets.version, expected)));
  return true;
}

/** Ends the overlap of two secrets. Returns the version that does not verify any more, or `null` when there was none. */
export async function retirePreviousSecret(tx: Tx, key: CredentialKey): Promise<number | null> {
  const [retired] = await tx
    .update(credentialSecrets)
    .set({ stage: "retired" })
    .where(and(ofCredential(key), eq(credentialSecrets.stage, "previous")))
    .returning({ version: credentialSecrets.version });
  return retired?.version ?? null;
}

/** Whether a secret with these marks is stored in an environment, at whatever stage. */
export async function hasSecretLike(
  tx: Tx,
  { environment, ...marks }: { environment: Environment; fingerprint: string; length: number },
): Promise<boolean> {
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

function ofCredential({ merchantId, credentialId }: CredentialKey) {
  return and(eq(credentialSecrets.merchantId, merchantId), eq(credentialSecrets.credentialId, credentialId));
}
