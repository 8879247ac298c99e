import { asc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { merchants } from "@/db/schema/merchants";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId } from "@/lib/domain/ids";

export type ListedCredential = {
  id: CredentialId;
  environment: Environment;
  label: string;
  baseUrl: string;
  mchNo: string;
  appId: string;
  wayCodes: string[];
  isActive: boolean;
};

/** Every credential of both environments, for the command on the server, where there is no viewer to ask. */
export async function listAllCredentials(): Promise<ListedCredential[]> {
  const rows = await db()
    .select({
      id: credentials.id,
      environment: merchants.environment,
      label: credentials.label,
      baseUrl: credentials.baseUrl,
      mchNo: merchants.mchNo,
      appId: credentials.appId,
      wayCodes: credentials.wayCodes,
      isActive: credentials.isActive,
    })
    .from(credentials)
    .innerJoin(merchants, eq(merchants.merchantId, credentials.merchantId))
    .orderBy(asc(merchants.environment), asc(credentials.createdAt), asc(credentials.id));
  return rows.map((row) => ({ ...row, id: CredentialId.parse(row.id) }));
}
