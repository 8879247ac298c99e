import { z } from "zod";

/**
 * What became of a notification.
 *
 * `valid`, `late` and `contradiction` are authentic and fit our order: told us something, told us that an ended order
 * was paid after all, or told us something that cannot be squared with what was proven before.
 * The rest is kept and never believed: `wrong-content` (authentic, but its numbers are not our order's),
 * `unknown-order` (authentic, no such order here), `ambiguous` (its fields could be divided in another way),
 * `source-refused` (authentic, from an address that is not on its credential's list),
 * `wrong-environment` (signed with a key that belongs to the other environment), `bad-signature`, `unreadable`, and
 * `refused` (too large, too slow or broken off, so that not even its bytes are here).
 */
export const Verdict = z.enum([
  "valid",
  "late",
  "contradiction",
  "wrong-content",
  "unknown-order",
  "ambiguous",
  "source-refused",
  "wrong-environment",
  "bad-signature",
  "unreadable",
  "refused",
]);
export type Verdict = z.infer<typeof Verdict>;

export const NotificationKind = z.enum(["payment", "refund", "cancel"]);
export type NotificationKind = z.infer<typeof NotificationKind>;
