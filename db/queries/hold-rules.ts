import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { holdRules } from "@/db/schema/holds";
import { people } from "@/db/schema/people";
import { HoldOperation, type HoldRules } from "@/lib/domain/holds";
import { CredentialId, type MerchantId } from "@/lib/domain/ids";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** What is entered about the holds of a credential; null while nothing is. */
export async function readHoldRules(merchantId: MerchantId, credentialId: CredentialId): Promise<HoldRules | null> {
  const [row] = await db()
    .select(columns)
    .from(holdRules)
    .where(and(eq(holdRules.merchantId, merchantId), eq(holdRules.credentialId, credentialId)));
  return row ? rulesOf(row) : null;
}

export type HoldRulesRow = {
  credentialId: CredentialId;
  label: string;
  appId: string;
  isActive: boolean;
  /** Null while nothing is entered. */
  rules: HoldRules | null;
  changedAt: Date | null;
  changedByName: string | null;
};

/** Every credential of the scope with what is entered about its holds, active ones first. */
export async function listHoldRules(scope: Scope): Promise<HoldRulesRow[]> {
  if (scope.merchants.length === 0) return [];
  const rows = await db()
    .select({
      credentialId: credentials.id,
      label: credentials.label,
      appId: credentials.appId,
      isActive: credentials.isActive,
      rules: columns,
      changedAt: holdRules.changedAt,
      changedByName: people.name,
    })
    .from(credentials)
    .leftJoin(
      holdRules,
      and(eq(holdRules.merchantId, credentials.merchantId), eq(holdRules.credentialId, credentials.id)),
    )
    .leftJoin(people, eq(people.id, holdRules.changedBy))
    .where(inArray(credentials.merchantId, merchantIdsOf(scope)))
    .orderBy(desc(credentials.isActive), asc(credentials.label), asc(credentials.id));
  return rows.map(({ rules, ...row }) => ({
    ...row,
    credentialId: CredentialId.parse(row.credentialId),
    rules: rules === null ? null : rulesOf(rules),
  }));
}

const columns = {
  wayCodes: holdRules.wayCodes,
  lifetimeHours: holdRules.lifetimeHours,
  heldState: holdRules.heldState,
  complete: holdRules.complete,
  release: holdRules.release,
};

type Stored = Omit<HoldRules, "complete" | "release"> & { complete: unknown; release: unknown };

function rulesOf({ complete, release, ...rules }: Stored): HoldRules {
  const read = (value: unknown) => (value === null ? null : HoldOperation.parse(value));
  return { ...rules, complete: read(complete), release: read(release) };
}
