import { z } from "zod";

/** `current` signs and verifies, `pending` and `previous` only verify, `retired` does neither. */
export type SecretStage = "pending" | "current" | "previous" | "retired";

/** What the gateway made of a question signed with a secret. `unclear`: it said nothing about the signature. */
export type ProbeOutcome = "taken" | "refused" | "unclear";

/** Why a secret is retired: it never signed, there was proof that nobody signs with it any more, or somebody insisted. */
export type SecretEnding = "aborted" | "proven" | "forced";

/** What must have been seen since a promotion before the secret before it is retired. */
export const RetireRule = z.object({
  /** Calls signed with the new secret whose answers carried a right signature. */
  calls: z.coerce.number().int("A whole number.").min(1, "At least 1.").max(1_000, "At most 1,000."),
  /** Genuine notifications signed with the new one. */
  notifications: z.coerce.number().int("A whole number.").min(0, "0 or more.").max(1_000, "At most 1,000."),
  /** For how long nothing may have come that the old one signed. */
  quietMinutes: z.coerce.number().int("Whole minutes.").min(0, "0 or more.").max(1_440, "At most 1,440, a day."),
});
export type RetireRule = z.infer<typeof RetireRule>;

/** What one version of a secret was used for since the last promotion. `lastAt` is null where there was nothing. */
export type SecretUse = {
  /** Calls that it signed. */
  calls: number;
  lastCallAt: Date | null;
  /** Those of them whose answer carried a right signature. */
  provenCalls: number;
  lastProvenCallAt: Date | null;
  /** Those of them that the gateway refused because of the signature. */
  refusedCalls: number;
  lastRefusedAt: Date | null;
  /** Genuine notifications that it signed, those that came again included. */
  notifications: number;
  lastNotificationAt: Date | null;
  /** The last answer that it signed. */
  lastAnswerAt: Date | null;
};

export const unusedSecret: SecretUse = {
  calls: 0,
  lastCallAt: null,
  provenCalls: 0,
  lastProvenCallAt: null,
  refusedCalls: 0,
  lastRefusedAt: null,
  notifications: 0,
  lastNotificationAt: null,
  lastAnswerAt: null,
};

export type RotationFacts = {
  now: Date;
  /** Since when the new secret signs. */
  promotedAt: Date;
  /** How far back everything was looked at: later than the promotion where there was too much of it. */
  lookedSince: Date;
  current: SecretUse;
  previous: SecretUse;
};

export type RotationProof = {
  isProven: boolean;
  /** What is missing, as sentences; empty when nothing is. */
  missing: string[];
  /** Whole minutes in which nothing came that the old secret signed. */
  quietMinutes: number;
  /** When that will have been long enough, if nothing more comes; null when it has been. */
  quietAt: Date | null;
};

const minuteMs = 60_000;

/**
 * Whether the secret before the current one may be retired: the gateway signs and takes the current one, and nothing
 * that the one before signed has come for long enough. Without that proof genuine messages might be refused.
 */
export function judgeRotation(
  { now, promotedAt, lookedSince, current, previous }: RotationFacts,
  rule: RetireRule,
  versions: { current: number; previous: number },
): RotationProof {
  const heard = [promotedAt, lookedSince, previous.lastNotificationAt, previous.lastAnswerAt];
  const quietSince = Math.max(...heard.map((at) => at?.getTime() ?? 0));
  const quietMs = Math.max(0, now.getTime() - quietSince);
  const isQuiet = quietMs >= rule.quietMinutes * minuteMs;
  const quietMinutes = Math.floor(quietMs / minuteMs);
  const { provenCalls, notifications, lastRefusedAt, lastProvenCallAt } = current;
  const isRefusedNow = lastRefusedAt !== null && lastRefusedAt >= (lastProvenCallAt ?? promotedAt);
  const missing = [
    ...(provenCalls < rule.calls
      ? [`${provenCalls} of ${rule.calls} calls with a validly signed answer under key ${versions.current}.`]
      : []),
    ...(isRefusedNow ? [`The gateway refused the signature of the newest call under key ${versions.current}.`] : []),
    ...(notifications < rule.notifications
      ? [`${notifications} of ${rule.notifications} genuine notifications under key ${versions.current}.`]
      : []),
    ...(isQuiet
      ? []
      : [`${quietMinutes} of ${rule.quietMinutes} minutes without anything under key ${versions.previous}.`]),
  ];
  return {
    isProven: missing.length === 0,
    missing,
    quietMinutes,
    quietAt: isQuiet ? null : new Date(quietSince + rule.quietMinutes * minuteMs),
  };
}
