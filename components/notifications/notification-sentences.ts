import type { NotificationDetails } from "@/db/queries/notification-page";
import type { Environment } from "@/lib/domain/environment";
import type { NotificationExplanation } from "@/lib/notifications/explain-notification";

export type VerdictSentences = {
  /** What is the matter, in plain words. */
  lead: string;
  /** What a person should do, or that nobody has to. */
  todo: string;
  /** What the message did by itself. */
  itDid: string;
  /** What we did because of it. */
  weDid: string;
  /** What the gateway does now. */
  next: string;
};

type Facts = Pick<
  NotificationDetails,
  | "verdict"
  | "authenticity"
  | "kind"
  | "deliveries"
  | "effect"
  | "isHeld"
  | "orderNo"
  | "payment"
  | "refund"
  | "credentialLabel"
  | "rejudgedAt"
> & {
  /** The environment the message is genuine in, should it have gone astray. */
  other: Environment;
  explanation: NotificationExplanation;
  /** Names of the fields that differ from ours. */
  differing: readonly string[];
};

/** A verdict as a person needs to hear it: what it is, what it did, what we did, what comes next, and what to do. */
export function verdictSentences(facts: Facts): VerdictSentences {
  return { ...whatItIs(facts), itDid: itDid(facts), weDid: weDid(facts), next: next(facts) };
}

/** What the signature says about who wrote it. */
export function authorshipOf({
  authenticity,
  secretVersion,
}: Pick<NotificationDetails, "authenticity" | "secretVersion">): string {
  if (authenticity === "valid") return "signature valid";
  if (authenticity === "wrong-environment") return "signed by the other environment";
  if (authenticity === "ambiguous" && secretVersion !== null) return "signature valid for more than one reading";
  return "nobody proved to be its author";
}

function whatItIs(facts: Facts): Pick<VerdictSentences, "lead" | "todo"> {
  const { verdict, kind, orderNo, credentialLabel, explanation, differing } = facts;
  const thing = kind === "refund" ? "refund" : "order";
  if (facts.isHeld && facts.effect === null) return heldBack(facts, thing);
  switch (verdict) {
    case "valid":
      return { lead: `The gateway signed it, and it agrees with our ${thing}.`, todo: "Nobody has to do anything." };
    case "late":
      return {
        lead: `The gateway signed it: money moved after our ${thing} had ended.`,
        todo: "It is real money. Deliver, or give it back; the gateway may refuse a refund of an order it has closed.",
      };
    case "contradiction":
      return {
        lead: `The gateway signed it, but it cannot be squared with what was proven about our ${thing} before.`,
        todo: "What was proven first stands. Ask the gateway, and call its support with the numbers on this page if it repeats this.",
      };
    case "wrong-content":
      return {
        lead:
          differing.length > 0
            ? `The gateway signed it, but ${inWords(differing)} ${differing.length === 1 ? "is" : "are"} not our ${thing}'s.`
            : `The gateway signed it, but it does not fit our ${thing}.`,
        todo: "Deliver nothing because of it. Compare the fields below and ask the gateway.",
      };
    case "unknown-order":
      return {
        lead: `The gateway signed it, but no ${thing} ${orderNo ?? "of that number"} was known here when it came.`,
        todo: aboutUnknown(facts),
      };
    case "ambiguous":
      return {
        lead:
          explanation.ambiguities[0] ??
          "Its fields could be divided in another way, and the signature would still hold.",
        todo: "This console refuses & in what it sends, so the order was made elsewhere: write “and” or the wide ＆ there. The answer to our own question decides.",
      };
    case "source-refused":
      return {
        lead: `The gateway signed it, but it came from an address that is not on the list of ${credentialLabel}.`,
        todo: "If the address is the gateway’s, an admin adds it to the list on the credential’s page, and this message can be processed again. The answer to our own question decides about the order.",
      };
    case "bad-signature":
      return explanation.isSigned
        ? {
            lead: `No key of the credential ${credentialLabel} makes this signature.`,
            todo: "It may come from another application or environment, a value may have been changed or cut on the way, or somebody who is not the gateway sent it. Compare application and key first.",
          }
        : {
            lead: "It carries no signature at all, so anybody may have sent it.",
            todo: "The gateway signs every message. Nobody has to do anything.",
          };
    case "wrong-environment":
      return {
        lead: `It is genuine, for ${facts.other}: a key of that environment signed it, and it came to this one's address.`,
        todo: `It was kept apart and nothing here was touched. Look which notify address was given to the gateway for ${facts.other}.`,
      };
    case "refused":
      return refusedBecause(facts.authenticity);
    case "unreadable":
      return {
        lead: explanation.unreadableBecause ?? "It is in no shape that the protocol knows.",
        todo: "The gateway sends a form or JSON. Look at the raw bytes below for who may have sent it.",
      };
    default:
      return { lead: `Its verdict is “${verdict}”.`, todo: "" };
  }
}

function heldBack({ payment, refund, kind }: Facts, thing: string): Pick<VerdictSentences, "lead" | "todo"> {
  const isSettled = kind === "refund" ? isEnded(refund?.state) : payment?.provenBy === "query";
  return {
    lead: `The gateway signed it, and it agrees with our ${thing}; the rule of its credential wants our own question answered first.`,
    todo: isSettled
      ? "The gateway was asked and has answered. Nobody has to do anything."
      : "The gateway is being asked. Nobody has to do anything, as long as it answers.",
  };
}

function isEnded(refundState: string | undefined): boolean {
  return refundState === "succeeded" || refundState === "failed";
}

function refusedBecause(authenticity: string): Pick<VerdictSentences, "lead" | "todo"> {
  const todo =
    "The gateway's own messages are small and quick. Look at its source address and headers for who sent it.";
  if (authenticity === "too-large") return { lead: "It was larger than 64 KB, so it was not read to its end.", todo };
  if (authenticity === "too-slow") return { lead: "It did not arrive completely within ten seconds.", todo };
  return { lead: "Its sender went away in the middle of it.", todo };
}

function aboutUnknown({ kind, payment }: Facts): string {
  if (payment) return "It has been adopted since, and what the gateway then said counts.";
  if (kind === "refund") return "The refund was made elsewhere, such as in the gateway's own back office.";
  return "Somebody else may have created the order with the same application. Ask the gateway and adopt it if it belongs here.";
}

function itDid({ effect, verdict, explanation, isHeld, rejudgedAt }: Facts): string {
  if (effect) {
    return `It moved the state${rejudgedAt ? ", when it was judged again" : ""}: ${effect.replace(">", " became ")}.`;
  }
  if (isHeld) return "Nothing alone. It made us ask.";
  if (explanation.answered.status !== 200) return "Nothing by itself. It was kept, not believed.";
  return verdict === "valid" ? "Nothing new: the state was known already." : "Nothing was changed.";
}

function weDid({ verdict, payment, orderNo, isHeld }: Facts): string {
  if (isHeld) return "Stored it, and asked the gateway whether it is so.";
  if (verdict === "wrong-environment") return "Stored it apart. No order was looked for and nobody was asked.";
  if (verdict === "refused") return "Noted where it came from, and kept no byte of it.";
  if (verdict === "valid") return "Stored it, compared it with the order and answered.";
  if (verdict === "unknown-order" && payment) return "Stored it. The order was then adopted by asking the gateway.";
  if (payment) return "Stored it. Its order is being asked about at the gateway, whose signed answer decides.";
  return orderNo ? "Stored it, for there is no order of this number here to ask about." : "Stored it as it came.";
}

function next({ explanation, deliveries }: Facts): string {
  const times = deliveries === 1 ? "It came once." : `It came ${deliveries} times and counted once.`;
  return explanation.answered.status === 200
    ? `${times} The gateway heard success and does not send it again.`
    : `${times} The gateway tries up to six times within eight minutes, then never again.`;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
