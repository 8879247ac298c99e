import { answerSeconds, tryOffsetsSeconds } from "./expected-tries";
import { type Evidence, type Rung, rungsFor } from "./ladder";
import type { OrderFacts } from "./order-facts";

const rung = rungsFor<OrderFacts>();

/** Why nothing believable arrived about an order, a refund or a cancel. What did arrive has a ladder of its own. */
export const orderLadder: readonly Rung<OrderFacts>[] = [
  rung({
    id: "NTF-19",
    looksFor: "an end that the gateway never notifies of",
    weight: "fine",
    test: ({ outcome, state }) => (outcome === "silent" ? state : null),
    sentence: (state, facts) =>
      `No notification was due: ${theOrder(facts)} is ${state}, and the gateway tells of payments, refunds and cancels only, never that an order ended unpaid.`,
    evidence: (_, facts) => [ownPage(facts)],
    fix: {
      who: "nobody",
      does: "This console asks by itself until the order's time is over. Nobody has to wait for a message.",
    },
  }),
  rung({
    id: "NTF-01",
    looksFor: "a notify address that was never sent",
    weight: "wrong",
    test: ({ isMadeHere, notifyUrl }) => (isMadeHere && notifyUrl === null ? true : null),
    sentence: (_, facts) =>
      `No notify address was sent with ${theOrder(facts)}, so the gateway tells nobody: there is no general one.`,
    evidence: (_, facts) => sentAlong(facts),
    fix: (_, facts) => ({
      who: "order-maker",
      does: `Send notifyUrl ${facts.ourUrl} with every order, refund and cancel. What happened to this one is asked for all the same.`,
    }),
  }),
  rung({
    id: "NTF-01",
    looksFor: "an order made elsewhere",
    weight: "look",
    test: ({ isMadeHere }) => (isMadeHere ? null : true),
    sentence: (_, facts) =>
      `${theOrder(facts, "The")} was not made by this console: it carried somebody else's notify address, or none, and the gateway does not say which.`,
    evidence: (_, facts) => [ownPage(facts)],
    fix: (_, facts) => ({
      who: "order-maker",
      does: `To be told here, send notifyUrl ${facts.ourUrl} with it. Until then this console learns of it only by asking.`,
    }),
  }),
  rung({
    id: null,
    looksFor: "an event to tell of",
    weight: "wait",
    test: ({ outcome }) => (outcome === "open" ? true : null),
    sentence: (_, facts) =>
      `None is due yet: ${theOrder(facts)} is ${facts.state}, and the gateway notifies when it has ended.`,
    evidence: (_, facts) => [...sentAlong(facts), ownPage(facts)],
    fix: { who: "nobody", does: "Nobody has to do anything. This console asks in between." },
  }),
  rung({
    id: null,
    looksFor: "a first try that is still under way",
    weight: "wait",
    test: ({ dueAt, now, tries }) =>
      tries[0]?.state === "due" && dueAt ? Math.max(0, Math.round((now.getTime() - dueAt.getTime()) / 1000)) : null,
    sentence: (seconds) => `The first try is due since ${seconds} s and may take ${answerSeconds}: it is under way.`,
    evidence: (_, facts) => [...sentAlong(facts), ownPage(facts)],
    fix: { who: "nobody", does: "Look again in half a minute." },
  }),
  rung({
    id: "NTF-02",
    looksFor: "an address that nobody outside can reach",
    weight: "wrong",
    test: ({ reach, isGatewayHere, notifyUrl }) =>
      notifyUrl !== null && reach !== "public" && !(reach === "this-machine" && isGatewayHere)
        ? { reach, notifyUrl }
        : null,
    sentence: ({ reach, notifyUrl }) =>
      `The notify address that was sent leads to ${reach === "this-machine" ? "this machine itself" : "a private network"}, where the gateway cannot call: ${hostOf(notifyUrl)}.`,
    evidence: (_, facts) => sentAlong(facts),
    fix: {
      who: "this-console",
      does: "Set PUBLIC_URL to the address at which the internet reaches this console, and make a new order: the old ones keep what they carried.",
    },
  }),
  rung({
    id: "NTF-21",
    looksFor: "an address that redirects",
    weight: "wrong",
    test: ({ notifyUrl, ourUrl }) =>
      notifyUrl !== null && notifyUrl !== ourUrl && notifyUrl.replace(/^http:/, "https:") === ourUrl ? notifyUrl : null,
    sentence: (notifyUrl) =>
      `The notify address that was sent begins with http (${hostOf(notifyUrl)}), ours with https, and the gateway follows no redirect from one to the other.`,
    evidence: (_, facts) => sentAlong(facts),
    fix: {
      who: "network",
      does: "Let POSTs to /api/notify/ through on http without a redirect until the orders with the old address have ended.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "an address that is no longer ours",
    weight: "wrong",
    test: ({ notifyUrl, ourUrl }) => (notifyUrl !== null && notifyUrl !== ourUrl ? notifyUrl : null),
    sentence: (notifyUrl, facts) =>
      `The notify address that was sent is no longer ours: ${shortened(notifyUrl)}, and today it is ${shortened(facts.ourUrl)}.`,
    evidence: (_, facts) => sentAlong(facts),
    fix: {
      who: "network",
      does: "Let the old address lead here until its orders have ended, without a redirect. New orders carry the new one.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "other messages that reached the same address since",
    weight: "look",
    test: ({ laterMessage }) => laterMessage,
    sentence: (_, facts) =>
      `The address works, for other notifications reached it since, but none of the ${missing(facts)} tries due for ${theOrder(facts)} did.`,
    evidence: ({ id, receivedAt }, facts) => [
      { says: "Came to the same credential afterwards.", at: receivedAt, link: { to: "notification", id } },
      ...sentAlong(facts),
      ownPage(facts),
    ],
    fix: {
      who: "gateway",
      does: "Ask its support to look up its tries for this number and to send it again. Its state was learned by asking and does not wait for it.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "tries that arrived",
    weight: "wrong",
    test: () => true,
    sentence: (_, facts) =>
      `None of the ${missing(facts)} tries due by now reached this console${missing(facts) < tryOffsetsSeconds.length ? "" : ", and there is no seventh"}: the address cannot be reached from outside, or the gateway did not call.`,
    evidence: (_, facts) => [...sentAlong(facts), ownPage(facts)],
    fix: {
      who: "network",
      does: "An admin can check the public address on the credential's page: firewall, certificate, redirects and filters are looked at one by one. Its state was learned by asking and does not wait for it.",
    },
  }),
];

function missing({ tries }: OrderFacts): number {
  return tries.filter(({ state }) => state === "missing").length;
}

function theOrder({ kind }: OrderFacts, the: "the" | "The" = "the"): string {
  return `${the} ${kind === "payment" ? "order" : kind}`;
}

function ownPage({ number, state, page }: OrderFacts): Evidence {
  return { says: `${number} is ${state} here.`, link: page };
}

function sentAlong({ notifyUrl, callId }: OrderFacts): Evidence[] {
  const says = notifyUrl === null ? "The request carried no notifyUrl." : `The request carried notifyUrl ${notifyUrl}`;
  return [{ says, link: callId ? { to: "call", id: callId } : undefined }];
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

/** Credential ids are long and equal at the beginning. */
function shortened(address: string): string {
  return address.replace(/\/api\/notify\/([0-9a-f-]{28})([0-9a-f]{8})\//, "/api/notify/…$2/");
}
