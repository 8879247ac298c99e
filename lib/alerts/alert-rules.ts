import {
  type AlertFinding,
  type AlertQuestion,
  findBadSignatures,
  findGatewayErrors,
  findKeySwitches,
  findSilence,
  findUnclearRefunds,
} from "@/db/queries/alert-findings";
import type { AlertRule } from "@/lib/domain/alerts";

/** How each rule is judged, and after how many seconds of calm it has ended. */
type WatchedRule = { find: (question: AlertQuestion) => Promise<AlertFinding[]>; calmSeconds: number };

/** What is counted swings about its limit, so its end waits a moment; what is about one thing ends with it. */
export const watchedRules: Readonly<Record<AlertRule, WatchedRule>> = {
  silence: { find: findSilence, calmSeconds: 120 },
  "bad-signatures": { find: findBadSignatures, calmSeconds: 120 },
  "unclear-refunds": { find: findUnclearRefunds, calmSeconds: 0 },
  "gateway-errors": { find: findGatewayErrors, calmSeconds: 120 },
  "key-switched": { find: findKeySwitches, calmSeconds: 0 },
};
