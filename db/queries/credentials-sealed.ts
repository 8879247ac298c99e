import { and, desc, eq, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId, MerchantId } from "@/lib/domain/ids";

export type SealedVersion = {
  version: number;
  stage: "current" | "previous" | "retired";
  sealed: Buffer;
  wrappedKey: Buffer;
};

export type SealedCredential = {
  merchantId: MerchantId;
  id: CredentialId;
  environment: Environment;
  mchNo: string;
  appId: string;
  baseUrl: string;
  label: string;
  encoding: "json" | "form";
  wayCodes: string[];
  isActive: boolean;
  refundQuery: "unknown" | "available" | "missing";
  /** Those that sign or verify, the newest first. */
  secrets: SealedVersion[];
};

/**
 * A credential by its id alone, because that is all a notify address carries. For our own machinery and for nobody's
 * page: it is bound to no viewer and holds sealed secrets.
 */
export async function findSealedCredential(id: CredentialId): Promise<SealedCredential | null> {
  const rows = await db("notifications")
    .select({
      credential: {
        merchantId: credentials.merchantId,
        id: credentials.id,
        environment: merchants.environment,
        mchNo: merchants.mchNo,
        appId: credentials.appId,
        baseUrl: credentials.baseUrl,
        label: credentials.label,
        encoding: credentials.encoding,
        wayCodes: credentials.wayCodes,
        isActive: credentials.isActive,
        refundQuery: credentials.refundQuery,
      },
      secret: {
        version: credentialSecrets.version,
        stage: credentialSecrets.stage,
        sealed: credentialSecrets.sealed,
        wrappedKey: credentialSecrets.wrappedKey,
      },
    })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .innerJoin(
      credentialSecrets,
      and(
        eq(credentialSecrets.merchantId, credentials.merchantId),
        eq(credentialSecrets.credentialId, credentials.id),
        ne(credentialSecrets.stage, "retired"),
      ),
    )
    .where(eq(credentials.id, id))
    .orderBy(desc(credentialSecrets.version));
  const credential = rows[0]?.credential;
  if (credential === undefined) return null;
  return {
    ...credential,
    merchantId: MerchantId.parse(credential.merchantId),
    id: CredentialId.parse(credential.id),
    secrets: rows.map(({ secret }) => secret),
  };
}
