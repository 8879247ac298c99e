import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { db } from "@/db/client";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import type { SourceRule } from "@/lib/domain/address-list";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId, MerchantId } from "@/lib/domain/ids";
import type { NoticeRule } from "@/lib/domain/notice-rule";
import type { SecretStage } from "@/lib/domain/rotation";

export type SealedVersion = {
  version: number;
  stage: SecretStage;
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
  noticeRule: NoticeRule;
  sources: SourceRule;
  /** Those that sign or verify, the newest first. */
  secrets: SealedVersion[];
};

/**
 * A credential by its id alone, because that is all a notify address carries. For our own machinery and for nobody's
 * page: it is bound to no viewer and holds sealed secrets.
 */
export async function findSealedCredential(id: CredentialId): Promise<SealedCredential | null> {
  const rows = await sealedRows().where(eq(credentials.id, id)).orderBy(desc(credentialSecrets.version));
  return grouped(rows)[0] ?? null;
}

/** The credentials of an environment, the newest first. Under the same condition: for no page. */
export async function listSealedCredentials(environment: Environment, limit: number): Promise<SealedCredential[]> {
  const ids = db("notifications")
    .select({ id: credentials.id })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .where(eq(merchants.environment, environment))
    .orderBy(desc(credentials.createdAt))
    .limit(limit);
  const rows = await sealedRows().where(inArray(credentials.id, ids)).orderBy(desc(credentialSecrets.version));
  return grouped(rows);
}

function sealedRows() {
  return db("notifications")
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
      paymentsAloneUpTo: credentials.paymentsAloneUpTo,
      refundsAloneUpTo: credentials.refundsAloneUpTo,
      sources: { mode: credentials.sourceMode, addresses: credentials.sourceAddresses },
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
    .$dynamic();
}

/** One row for each version of a secret becomes one credential. */
function grouped(rows: Awaited<ReturnType<typeof sealedRows>>): SealedCredential[] {
  const found = new Map<string, SealedCredential>();
  for (const { credential, paymentsAloneUpTo, refundsAloneUpTo, sources, secret } of rows) {
    const known = found.get(credential.id);
    if (known) known.secrets.push(secret);
    else {
      found.set(credential.id, {
        ...credential,
        merchantId: MerchantId.parse(credential.merchantId),
        id: CredentialId.parse(credential.id),
        noticeRule: { payments: paymentsAloneUpTo, refunds: refundsAloneUpTo },
        sources,
        secrets: [secret],
      });
    }
  }
  return [...found.values()];
}
