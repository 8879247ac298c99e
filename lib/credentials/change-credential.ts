import { inTransaction } from "@/db/client";
import { recordAudit } from "@/db/commands/audit";
import { updateCredential } from "@/db/commands/credentials";
import type { SourceRule } from "@/lib/domain/address-list";
import { CredentialId } from "@/lib/domain/ids";
import type { NoticeRule } from "@/lib/domain/notice-rule";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { RetireRule } from "@/lib/domain/rotation";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { forgetCredential } from "./open-credential";

/** Gives a credential another label or other way codes. */
export async function changeCredential(
  scope: Scope,
  { credentialId, ...changes }: { credentialId: string; label: string; wayCodes: string[] },
  address: string | null,
): Promise<Result<CredentialId, Problem>> {
  const details = { label: changes.label, wayCodes: changes.wayCodes.join(",") };
  return change(scope, credentialId, { changes, action: "credential.changed", details, address });
}

/** Takes a credential out of use for new payments, or back into it. What it started is asked about and received all the same. */
export async function setCredentialActive(
  scope: Scope,
  { credentialId, isActive }: { credentialId: string; isActive: boolean },
  address: string | null,
): Promise<Result<CredentialId, Problem>> {
  const action = isActive ? "credential.activated" : "credential.deactivated";
  return change(scope, credentialId, { changes: { isActive }, action, details: {}, address });
}

/** Says what a notification alone may do with payments and refunds of a credential. */
export async function changeNoticeRule(
  scope: Scope,
  { credentialId, rule }: { credentialId: string; rule: NoticeRule },
  address: string | null,
): Promise<Result<CredentialId, Problem>> {
  const changes = { paymentsAloneUpTo: rule.payments, refundsAloneUpTo: rule.refunds };
  const details = { paymentsUpTo: rule.payments ?? "any", refundsUpTo: rule.refunds ?? "any" };
  return change(scope, credentialId, { changes, action: "credential.notice-rule-changed", details, address });
}

/** Says from which addresses notifications of a credential are believed. */
export async function changeSources(
  scope: Scope,
  { credentialId, sources }: { credentialId: string; sources: SourceRule },
  address: string | null,
): Promise<Result<CredentialId, Problem>> {
  const changes = { sourceMode: sources.mode, sourceAddresses: [...sources.addresses] };
  const details = { mode: sources.mode, addresses: sources.addresses.join(" ") };
  return change(scope, credentialId, { changes, action: "credential.sources-changed", details, address });
}

/** Says what must have been seen before the secret before the current one may be retired. */
export async function changeRetireRule(
  scope: Scope,
  { credentialId, rule }: { credentialId: string; rule: RetireRule },
  address: string | null,
): Promise<Result<CredentialId, Problem>> {
  const { calls, notifications, quietMinutes } = rule;
  const changes = { retireCalls: calls, retireNotifications: notifications, retireQuietMinutes: quietMinutes };
  return change(scope, credentialId, { changes, action: "credential.retire-rule-changed", details: rule, address });
}

type Change = {
  changes: Parameters<typeof updateCredential>[2];
  action: string;
  details: Record<string, string | number>;
  address: string | null;
};

async function change(
  scope: Scope,
  credentialId: string,
  { changes, ...note }: Change,
): Promise<Result<CredentialId, Problem>> {
  const id = CredentialId.safeParse(credentialId);
  if (!id.success) return err(unknownCredential);
  const isChanged = await inTransaction(async (tx) => {
    const where = { merchantIds: merchantIdsOf(scope), credentialId: id.data };
    if (!(await updateCredential(tx, where, changes))) return false;
    await recordAudit(tx, {
      ...note,
      actor: { kind: "person", personId: scope.viewer.personId },
      environment: scope.environment,
      subject: `credential:${id.data}`,
    });
    return true;
  });
  forgetCredential(id.data);
  return isChanged ? ok(id.data) : err(unknownCredential);
}

export const unknownCredential = problem("unknown-credential", "This environment has no such credential.");
