import { z } from "zod";
import type { Environment } from "./environment";

/** What can be wrong without any single order being wrong. */
export const AlertRule = z.enum(["silence", "bad-signatures", "unclear-refunds", "gateway-errors", "key-switched"]);
export type AlertRule = z.infer<typeof AlertRule>;

/**
 * When an alert opens. `minutes` is how far back is looked, or how old something must be; `least` is how many it takes,
 * of `gateway-errors` which share of the calls in percent, and of `unclear-refunds` and `key-switched` nothing: one is
 * enough.
 */
export type AlertLimits = { readonly isActive: boolean; readonly least: number; readonly minutes: number };

/** For whom nobody has chosen. */
export const usualAlertLimits: Readonly<Record<AlertRule, AlertLimits>> = {
  silence: { isActive: true, least: 3, minutes: 10 },
  "bad-signatures": { isActive: true, least: 10, minutes: 10 },
  "unclear-refunds": { isActive: true, least: 1, minutes: 30 },
  "gateway-errors": { isActive: true, least: 50, minutes: 10 },
  "key-switched": { isActive: true, least: 1, minutes: 1_440 },
};

/** Fewer calls than this say nothing about a share. */
export const fewestCalls = 10;

/** Counting ends here: more would cost more and say the same. */
export const mostAlertCounted = 500;

/** What was counted and under which limits, as it is stored: numbers, and what names an example. */
export type AlertFacts = Readonly<Record<string, string | number>>;

export const alertTitles: Readonly<Record<AlertRule, string>> = {
  silence: "Orders are paid and no notification comes",
  "bad-signatures": "Many notifications with a bad signature",
  "unclear-refunds": "A refund has been unclear for long",
  "gateway-errors": "The gateway often gives no usable answer",
  "key-switched": "The gateway changed its key",
};

/** The cause in a sentence or two, with its numbers. */
export function alertCause(rule: AlertRule, facts: AlertFacts): string {
  const number = (name: string) => counted(facts[name]);
  const minutes = Number(facts["minutes"] ?? 0);
  switch (rule) {
    case "silence":
      return `Our own questions found ${number("count")} paid orders whose notification did not come within ${inMinutes(minutes)}, and nothing authentic came in that time. The orders are right all the same; the way from the gateway to us is not.`;
    case "bad-signatures":
      return `${number("count")} messages in ${inMinutes(minutes)} carried a signature that no key of this credential makes. Either the gateway signs with another secret, or somebody else sends them. None was believed.`;
    case "unclear-refunds":
      return `${facts["mchRefundNo"] ?? "A refund"} was sent more than ${inMinutes(minutes)} ago, and the gateway has not said what became of it. Do not send it again under another number: the money may have moved.`;
    case "gateway-errors":
      return `${number("count")} of the last ${number("of")} calls in ${inMinutes(minutes)} ended without an answer that can be used: not reached, timed out, unreadable, badly signed, or the gateway’s own trouble.`;
    case "key-switched":
      return `The gateway refused key ${facts["before"]} and took key ${facts["version"]}, which was pending. Key ${facts["version"]} signs since then, and the refused request went out again under it. Key ${facts["before"]} still verifies, until somebody retires it.`;
  }
}

export type AlertLink = { label: string; path: string };

/** Where the evidence of an alert is looked at, as a path with its environment. */
export function alertEvidence(alert: {
  environment: Environment;
  rule: AlertRule;
  credentialId: string;
  subject: string;
  facts: AlertFacts;
}): AlertLink {
  const root = `/${alert.environment}`;
  switch (alert.rule) {
    case "silence": {
      const example = alert.facts["paymentId"];
      return example
        ? { label: "Find the cause with one order", path: `${root}/doctor/payments/${example}` }
        : { label: "Notification doctor", path: `${root}/doctor` };
    }
    case "bad-signatures":
      return {
        label: "See the messages",
        path: `${root}/notifications?verdict=bad-signature&credential=${alert.credentialId}`,
      };
    case "unclear-refunds":
      return { label: "See the refund", path: `${root}/refunds/${alert.subject}` };
    case "gateway-errors":
      return { label: "See the calls", path: `${root}/calls?outcome=trouble&credential=${alert.credentialId}` };
    case "key-switched":
      return { label: "See the rotation", path: `${root}/settings/credentials/${alert.credentialId}` };
  }
}

/** The answer to an alert, where one example of it can be explained at once. */
export function alertExplanation(alert: {
  environment: Environment;
  rule: AlertRule;
  facts: AlertFacts;
}): AlertLink | null {
  const example = alert.facts["notificationId"];
  if (alert.rule !== "bad-signatures" || !example) return null;
  return { label: "Why was the last one refused?", path: `/${alert.environment}/debugger?notification=${example}` };
}

function counted(value: string | number | undefined): string {
  const number = Number(value ?? 0);
  return number >= mostAlertCounted ? `${mostAlertCounted} or more` : String(number);
}

export function inMinutes(minutes: number): string {
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
