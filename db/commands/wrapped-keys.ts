import type { Sql } from "postgres";
import { CredentialId, EventEndpointId, MerchantId } from "@/lib/domain/ids";

/** A sealed secret of any kind and stage, by the row that it is sealed to. */
export type WrappedRow = { merchantId: MerchantId; version: number; sealed: Buffer; wrappedKey: Buffer } & (
  | { credentialId: CredentialId }
  | { endpointId: EventEndpointId }
);

/** Every sealed secret there is, retired ones too, the newest first. Kept from changes until the transaction ends. */
export async function lockWrappedKeys(sql: Sql): Promise<WrappedRow[]> {
  const ofCredentials = await sql<Found[]>`
    select merchant_id as "merchantId", credential_id as owner, version, sealed, wrapped_key as "wrappedKey"
    from credential_secrets order by created_at desc for update`;
  const ofEndpoints = await sql<Found[]>`
    select merchant_id as "merchantId", endpoint_id as owner, version, sealed, wrapped_key as "wrappedKey"
    from event_secrets order by created_at desc for update`;
  return [
    ...ofCredentials.map(({ owner, ...row }) => ({ ...typed(row), credentialId: CredentialId.parse(owner) })),
    ...ofEndpoints.map(({ owner, ...row }) => ({ ...typed(row), endpointId: EventEndpointId.parse(owner) })),
  ];
}

/** The newest secrets that something is still signed or verified with, at most this many. */
export async function newestWrappedKeys(sql: Sql, most: number): Promise<WrappedRow[]> {
  const rows = await sql<Found[]>`
    select merchant_id as "merchantId", credential_id as owner, version, sealed, wrapped_key as "wrappedKey"
    from credential_secrets where stage <> 'retired' order by created_at desc limit ${most}`;
  return rows.map((row) => ({ ...typed(row), credentialId: CredentialId.parse(row.owner) }));
}

/** Puts a newly wrapped key into the row. */
export async function replaceWrappedKey(sql: Sql, row: WrappedRow, wrappedKey: Buffer): Promise<void> {
  const { merchantId, version } = row;
  if ("endpointId" in row) {
    await sql`update event_secrets set wrapped_key = ${wrappedKey}
      where merchant_id = ${merchantId}::uuid and endpoint_id = ${row.endpointId}::uuid and version = ${version}`;
  } else {
    await sql`update credential_secrets set wrapped_key = ${wrappedKey}
      where merchant_id = ${merchantId}::uuid and credential_id = ${row.credentialId}::uuid and version = ${version}`;
  }
}

type Found = { merchantId: string; owner: string; version: number; sealed: Buffer; wrappedKey: Buffer };

function typed({ merchantId, version, sealed, wrappedKey }: Omit<Found, "owner">) {
  return { merchantId: MerchantId.parse(merchantId), version, sealed, wrappedKey };
}
