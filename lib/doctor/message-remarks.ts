import { ownPage } from "./broken-message-rungs";
import { rungsFor } from "./ladder";
import { inWords, type MessageFacts } from "./message-facts";

const rung = rungsFor<MessageFacts>();
const nothing = { who: "nobody", does: "This console reads it all the same." } as const;

/** What is worth knowing about a message whatever is the matter with it: receivers elsewhere fail over these. */
export const messageRemarks = [
  rung({
    id: "NTF-05",
    looksFor: "fields in the query",
    isRemark: true,
    weight: "fine",
    test: ({ style }) => (style === "query" ? true : null),
    sentence: () => "Its fields came in the query and the body was empty, as older gateways send.",
    evidence: (_, facts) => ownPage(facts),
    fix: nothing,
  }),
  rung({
    id: "NTF-04",
    looksFor: "a body that is not what its Content-Type says",
    isRemark: true,
    weight: "look",
    test: ({ style, contentType }) => {
      const isNamedJson = /\bjson\b/i.test(contentType ?? "");
      return (style === "form" && isNamedJson) || (style === "json" && !isNamedJson) ? style : null;
    },
    sentence: (style, { contentType }) =>
      `Its body is ${style === "form" ? "a form" : "JSON"} and its Content-Type says ${contentType ?? "nothing"}.`,
    evidence: (_, facts) => ownPage(facts),
    fix: {
      who: "network",
      does: "This console reads it all the same. The gateway labels its forms: somebody on the way did not.",
    },
  }),
  rung({
    id: "NTF-08",
    looksFor: "own parameters of the notify address",
    isRemark: true,
    weight: "look",
    test: ({ ownNames }) => (ownNames.length > 0 ? ownNames : null),
    sentence: (names) =>
      `The notify address brought ${inWords(names)} along. Nobody signed that, so it was taken out before verifying.`,
    evidence: (_, facts) => ownPage(facts),
    fix: { who: "order-maker", does: "Nothing is broken. Give the notify address without a query all the same." },
  }),
  rung({
    id: "NTF-11",
    looksFor: "fields that nobody has published",
    isRemark: true,
    weight: "fine",
    test: ({ unknownNames }) => (unknownNames.length > 0 ? unknownNames : null),
    sentence: (names) =>
      `It carries fields that no published version of the protocol has: ${inWords(names)}. They are signed, and were verified along.`,
    evidence: (_, facts) => ownPage(facts),
    fix: nothing,
  }),
  rung({
    id: "NTF-12",
    looksFor: "a message written long before it came",
    isRemark: true,
    weight: "fine",
    test: ({ told, lastAt }) => {
      const ageMs = told.writtenAt && lastAt ? lastAt.getTime() - told.writtenAt.getTime() : 0;
      return ageMs > freshnessMs ? ageMs : null;
    },
    sentence: (ageMs) =>
      `It was written ${Math.round(ageMs / 60_000)} minutes before it last came. Retries repeat the first message to the byte, so age is no reason to refuse.`,
    evidence: (_, { told, lastAt }) => [
      { says: "Written, by its reqTime.", at: told.writtenAt ?? undefined },
      { says: "Came last.", at: lastAt ?? undefined },
    ],
    fix: nothing,
  }),
  rung({
    id: "NTF-14",
    looksFor: "the same message more than once",
    isRemark: true,
    weight: "fine",
    test: ({ deliveries }) => (deliveries > 1 ? deliveries : null),
    sentence: (deliveries) => `It came ${deliveries} times and counted once: a repeat changes nothing here.`,
    evidence: (_, facts) => ownPage(facts),
    fix: {
      who: "nobody",
      does: "Nobody has to do anything. Systems that listen to this console's events are told once, too.",
    },
  }),
  rung({
    id: null,
    looksFor: "a message that may not act alone",
    isRemark: true,
    weight: "fine",
    test: ({ isHeld }) => (isHeld ? true : null),
    sentence: (_, { credential }) =>
      `It moved nothing by itself: the rule of ${credential.label} wants the answer to our own question first, and that was asked at once.`,
    evidence: (_, facts) => ownPage(facts),
    fix: { who: "nobody", does: "Nobody has to do anything." },
  }),
];

/** The mistake is to refuse what is older than this. */
const freshnessMs = 5 * 60_000;
