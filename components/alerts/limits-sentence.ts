import { type AlertLimits, type AlertRule, fewestCalls, inMinutes } from "@/lib/domain/alerts";

/** What the limits of a rule mean. */
export function limitsSentence(rule: AlertRule, { isActive, least, minutes }: AlertLimits): string {
  if (!isActive) return "Off: it opens no alert.";
  const time = inMinutes(minutes);
  switch (rule) {
    case "silence":
      return `${least} paid orders or more without their notification after ${time}, and nothing authentic in that time.`;
    case "bad-signatures":
      return `${least} messages or more to one credential in ${time}.`;
    case "unclear-refunds":
      return `A refund whose outcome is not known ${time} after it was sent.`;
    case "gateway-errors":
      return `${least} % or more of the calls of one credential in ${time}, of at least ${fewestCalls}.`;
    case "key-switched":
      return `A pending key that was promoted by itself, for ${time} or until the one before is retired.`;
  }
}
