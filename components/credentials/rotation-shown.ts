import type { SecretRow } from "@/db/queries/credentials";
import type { RetireRule, RotationProof, SecretUse } from "@/lib/domain/rotation";

/** A rotation under way, as its page shows it. Before the promotion `other` is pending, after it the one before. */
export type RotationShown = {
  stage: "pending" | "overlap";
  current: SecretRow;
  other: SecretRow;
  /** Since when uses are counted. */
  since: Date;
  /** Later than `since` when there was too much to look through. */
  lookedSince: Date;
  uses: { current: SecretUse; other: SecretUse };
  rule: RetireRule;
  /** Null before the promotion. */
  proof: RotationProof | null;
};
