import type { Environment } from "./environment";
import type { MerchantId, PersonId, SessionId } from "./ids";
import type { Role } from "./roles";

declare const checked: unique symbol;

/** A signed-in person. Only `lib/auth` makes one, so holding it is the proof of the check. */
export type Viewer = {
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly [checked]: true;
};

export type ScopeMerchant = { readonly merchantId: MerchantId; readonly mchNo: string; readonly label: string };

/**
 * What a viewer may see of one environment. Every read and write of business data goes through the merchants
 * listed here, so a row of the other environment cannot be reached under this one's address.
 */
export type Scope = {
  readonly viewer: Viewer;
  readonly environment: Environment;
  readonly merchants: readonly ScopeMerchant[];
  readonly [checked]: true;
};

export function merchantIdsOf(scope: Scope): MerchantId[] {
  return scope.merchants.map((merchant) => merchant.merchantId);
}
