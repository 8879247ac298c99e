import { brokenMessageRungs, orderPage, ownPage } from "./broken-message-rungs";
import { type Rung, rungsFor } from "./ladder";
import { inWords, type MessageFacts, thing } from "./message-facts";
import { messageRemarks } from "./message-remarks";

const rung = rungsFor<MessageFacts>();

/** A message that was read and verified: what it says, against what we know. */
const readMessageRungs = [
  rung({
    id: "NTF-07",
    looksFor: "fields that could be divided in another way",
    weight: "wrong",
    test: ({ verdict, ambiguities }) => (verdict === "ambiguous" ? ambiguities : null),
    sentence: (ambiguities) =>
      `${ambiguities[0] ?? "Its fields could be divided in another way."} The signature holds for every way to read it, so it proves none.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: {
      who: "order-maker",
      does: "Write “and” or the wide ＆ in subject, body and extParam. The signed answer to our own question decides about the order.",
    },
  }),
  rung({
    id: null,
    looksFor: "an address that its credential's list does not have",
    weight: "wrong",
    test: ({ verdict }) => (verdict === "source-refused" ? true : null),
    sentence: (_, { credential }) =>
      `The gateway signed it, but it came from an address that is not on the list of ${credential.label}.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: {
      who: "this-console",
      does: "If the address is the gateway's, an admin adds it on the credential's page. The signed answer to our own question decides about the order.",
    },
  }),
  rung({
    id: "NTF-22",
    looksFor: "another sum than the order's",
    weight: "wrong",
    test: ({ verdict, differences }) =>
      verdict === "wrong-content" ? (differences.find(({ name }) => /amount$/i.test(name)) ?? null) : null,
    sentence: ({ name, ours, theirs }, facts) =>
      `It is signed and names another sum: ${name} is ${theirs} there and ${ours} in our ${thing(facts)}${factorOf(ours, theirs)}.`,
    evidence: ({ name, theirs }, facts) => [
      ...ownPage(facts),
      { says: `${name} is ${theirs}, in cents, and is covered by the signature.` },
      ...orderPage(facts),
    ],
    fix: {
      who: "gateway",
      does: "Deliver nothing because of it. Ask the gateway about the order, and its support why the sums differ.",
    },
  }),
  rung({
    id: "NTF-09",
    looksFor: "another merchant's or application's message",
    weight: "wrong",
    test: ({ verdict, differences }) =>
      verdict === "wrong-content"
        ? (differences.find(({ name }) => name === "appId" || name === "mchNo") ?? null)
        : null,
    sentence: ({ name, ours, theirs }, { credential }) =>
      `It is signed, but its ${name} is ${theirs}, and the address is that of ${credential.label} with ${ours}.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: { who: "order-maker", does: "Each application has its own notify address: give the order the right one." },
  }),
  rung({
    id: null,
    looksFor: "content that is not our order's",
    weight: "wrong",
    test: ({ verdict, differences }) => (verdict === "wrong-content" ? differences : null),
    sentence: (differences, facts) =>
      differences.length > 0
        ? `It is signed, but ${inWords(differences.map(({ name, ours, theirs }) => `${name} is ${theirs} instead of ${ours}`))}.`
        : `It is signed and does not name what a ${facts.kind} notification must name, such as the sum.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: {
      who: "gateway",
      does: "Deliver nothing because of it. The gateway was asked, and its answer decides; if the two differ, its support must say why.",
    },
  }),
  rung({
    id: "NTF-18",
    looksFor: "money that moved after the end",
    weight: "look",
    test: ({ verdict }) => (verdict === "late" ? true : null),
    sentence: (_, facts) =>
      `It is genuine and late: the payer paid when our ${thing(facts)} had ended already, and the gateway's own record may still say closed.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: {
      who: "this-console",
      does: "It is real money: deliver, or give it back. If the gateway refuses the refund, send its support the numbers and this message.",
    },
  }),
  rung({
    id: "NTF-15",
    looksFor: "an older state that came late",
    weight: "look",
    test: ({ verdict, told, effect, order }) =>
      verdict === "contradiction" || (order && effect === null && isPending(told.state) && !isPending(order.state))
        ? told
        : null,
    sentence: ({ gatewayState, state }, facts) =>
      `It is genuine and says ${state ?? `state ${gatewayState}`}, while our ${thing(facts)} is ${facts.order?.state ?? "known otherwise"}: states do not go back, so it changed nothing.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: { who: "nobody", does: "What was proven first stands. Messages may overtake each other." },
  }),
  rung({
    id: null,
    looksFor: "an order that nobody here knows",
    weight: "look",
    test: ({ verdict, order }) => (verdict === "unknown-order" && !order ? true : null),
    sentence: (_, facts) => `It is genuine, and no ${thing(facts)} ${facts.orderNo ?? "of its number"} is known here.`,
    evidence: (_, facts) => ownPage(facts),
    fix: {
      who: "order-maker",
      does: "It was made elsewhere with the same application. Ask the gateway and adopt it if it belongs here.",
    },
  }),
  rung({
    id: "NTF-06",
    looksFor: "a state that is missing or unknown",
    weight: "look",
    test: ({ verdict, told }) => (verdict === "valid" && told.state === null ? told : null),
    sentence: ({ gatewayState }, facts) =>
      gatewayState === null
        ? `It is genuine, but has no field state that could be read, so it says nothing about the ${thing(facts)}.`
        : `It is genuine, but nobody has published what state ${gatewayState} means, so it moved nothing.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: {
      who: "gateway",
      does: "Ask the gateway about the order. If the number stays, its support must say what it means.",
    },
  }),
  rung({
    id: "NTF-03",
    looksFor: "an answer that did not reach the gateway as it was sent",
    weight: "look",
    test: (facts) => (isAccepted(facts) && spreadMs(facts) >= secondTryMs ? facts.deliveries : null),
    sentence: (deliveries) =>
      `The gateway sent it ${deliveries} times although every one was answered success: the answer reaches it changed, or after its 20 seconds are over.`,
    evidence: (_, facts) => [
      ...ownPage(facts),
      {
        says: `The last one came ${Math.round(spreadMs(facts) / 1000)} s after the first. At once would be a double sending.`,
        at: facts.lastAt ?? undefined,
      },
    ],
    fix: (_, { credential }) => ({
      who: "network",
      does: `Check the public address of ${credential.label} here: it shows the very bytes that come back. If they are right, somebody at the gateway sent it again by hand.`,
    }),
  }),
  rung({
    id: null,
    looksFor: "a verdict that this ladder does not know",
    weight: "look",
    test: ({ verdict, answered }) => (answered.reply === "success" ? null : verdict),
    sentence: (verdict) => `It was answered “${verdict}” and not believed.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: { who: "this-console", does: "Look at the message itself." },
  }),
  rung({
    id: null,
    looksFor: "nothing wrong",
    weight: "fine",
    test: () => true,
    sentence: (_, facts) =>
      facts.notificationId === null
        ? `Nothing is wrong with it: it would be answered success${facts.order ? ` and agrees with our ${thing(facts)}` : ""}.`
        : `Nothing is wrong with it: the gateway signed it, it agrees with our ${thing(facts)}, and it was answered success.`,
    evidence: (_, facts) => [...ownPage(facts), ...orderPage(facts)],
    fix: { who: "nobody", does: "Nobody has to do anything." },
  }),
];

/** Everything that can be the matter with one message, in the order in which it excludes each other. */
export const messageLadder: readonly Rung<MessageFacts>[] = [
  ...brokenMessageRungs,
  ...messageRemarks,
  ...readMessageRungs,
];

/** The gateway's first pause is 30 s; what comes much sooner is no second try. */
const secondTryMs = 15_000;

function isPending(state: string | null): boolean {
  return state !== null && ["prepared", "sent", "unclear", "created", "waiting", "pending"].includes(state);
}

function isAccepted({ answered }: MessageFacts): boolean {
  return answered.reply === "success";
}

export function spreadMs({ firstAt, lastAt, deliveries }: MessageFacts): number {
  return firstAt && lastAt && deliveries > 1 ? lastAt.getTime() - firstAt.getTime() : 0;
}

function factorOf(ours: string, theirs: string): string {
  const [known, told] = [Number(ours), Number(theirs)];
  if (told === known * 100) return ", exactly a hundred times as much: dollars were taken for cents";
  if (told * 100 === known) return ", exactly a hundredth: cents were taken for dollars";
  return "";
}
