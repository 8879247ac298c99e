import { type CredentialRow, findCredential, type SecretRow } from "@/db/queries/credentials";
import { readSecretUses, type SecretUses } from "@/db/queries/secret-uses";
import {
  judgeRotation,
  type RetireRule,
  type RotationProof,
  type SecretUse,
  unusedSecret,
} from "@/lib/domain/rotation";
import type { Scope } from "@/lib/domain/viewer";
import { explainMessage } from "@/lib/gateway/messages";

/** Where a rotation stands. Before the promotion `other` is pending, after it the one before. */
export type Rotation = {
  stage: "pending" | "overlap";
  current: SecretRow;
  other: SecretRow;
  /** Since when uses are counted: since the pending one was added, or since the promotion. */
  since: Date;
  uses: { current: SecretUse; other: SecretUse };
  /** Later than `since` when there was too much to look through. */
  lookedSince: Date;
  rule: RetireRule;
  /** Whether the old one may be retired; null before the promotion. */
  proof: RotationProof | null;
};

/** The rotation of a credential that is under way, or null. `now` is the database's own time unless a test says otherwise. */
export async function readRotation(scope: Scope, credentialId: string, now?: Date): Promise<Rotation | null> {
  const credential = await findCredential(scope, credentialId);
  return credential === null ? null : rotationOf(credential, now);
}

export async function rotationOf(
  credential: CredentialRow & { secrets: SecretRow[] },
  now?: Date,
): Promise<Rotation | null> {
  const at = (stage: SecretRow["stage"]) => credential.secrets.find((secret) => secret.stage === stage);
  const current = at("current");
  const pending = at("pending");
  const other = pending ?? at("previous");
  if (!current || !other) return null;
  const since = pending ? pending.createdAt : (current.promotedAt ?? current.createdAt);
  const found = await readSecretUses({ merchantId: credential.merchantId, credentialId: credential.id, since });
  const uses = { current: usageOf(current.version, found), other: usageOf(other.version, found) };
  const { retireCalls: calls, retireNotifications: notifications, retireQuietMinutes: quietMinutes } = credential;
  const rule = { calls, notifications, quietMinutes };
  const { lookedSince } = found;
  const facts = { now: now ?? found.now, promotedAt: since, lookedSince, current: uses.current, previous: uses.other };
  const versions = { current: current.version, previous: other.version };
  const proof = pending ? null : judgeRotation(facts, rule, versions);
  return { stage: pending ? "pending" : "overlap", current, other, since, uses, lookedSince, rule, proof };
}

function usageOf(version: number, { calls, notifications }: SecretUses): SecretUse {
  const own = calls.filter((call) => call.version === version);
  const proven = own.filter(({ isProven }) => isProven);
  const refused = own.filter(({ refusedMsg }) => explainMessage(refusedMsg ?? "")?.class === "signature");
  const messages = notifications.filter((use) => use.version === version);
  return {
    ...unusedSecret,
    calls: countOf(own),
    lastCallAt: lastOf(own),
    provenCalls: countOf(proven),
    lastProvenCallAt: lastOf(proven),
    refusedCalls: countOf(refused),
    lastRefusedAt: lastOf(refused),
    notifications: countOf(messages),
    lastNotificationAt: lastOf(messages),
    lastAnswerAt: lastOf(calls.filter(({ answerVersion }) => answerVersion === version)),
  };
}

type Counted = { count: number; lastAt: Date };

function countOf(uses: readonly Counted[]): number {
  return uses.reduce((sum, { count }) => sum + count, 0);
}

function lastOf(uses: readonly Counted[]): Date | null {
  return uses.length === 0 ? null : new Date(Math.max(...uses.map(({ lastAt }) => lastAt.getTime())));
}
