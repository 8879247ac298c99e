import type { Evidence, Fix } from "./ladder";
import { rungsFor } from "./ladder";
import { inWords, type MessageFacts } from "./message-facts";
import type { Repair } from "./repair-signature";

const rung = rungsFor<MessageFacts>();

/** Why a message could not be believed: its transport, its shape, its signature. In the order in which they exclude each other. */
export const brokenMessageRungs = [
  rung({
    id: "NTF-20",
    looksFor: "a browser coming back instead of a notification",
    weight: "wrong",
    test: ({ method }) => (method === "POST" ? null : { method }),
    sentence: ({ method }) =>
      `This is a ${method}, and notifications are POSTs: it is the payer's browser coming back, or somebody looking.`,
    evidence: ({ method }) => [{ says: `The method is ${method}. A notify address answers 405 to it.` }],
    fix: {
      who: "order-maker",
      does: "Give the address of a page as returnUrl and the notify address as notifyUrl, and never take a return for a payment.",
    },
  }),
  rung({
    id: null,
    looksFor: "a message that was refused before its end",
    weight: "wrong",
    test: ({ style, authenticity }) => (style === "not read" ? authenticity : null),
    sentence: (why) => `It was refused before it was read to its end: ${unreadBecause[why] ?? why}.`,
    evidence: (_, facts) => ownPage(facts),
    fix: {
      who: "network",
      does: "A notification has less than 2,000 bytes and comes at once. Look at what its source address is, and at proxies that slow or lengthen calls.",
    },
  }),
  rung({
    id: "NTF-04",
    looksFor: "an empty message",
    weight: "wrong",
    test: ({ isEmpty }) => (isEmpty ? true : null),
    sentence: () => "The call arrived and its content did not: the body is empty, and so is the query.",
    evidence: (_, facts) => [...ownPage(facts), { says: "0 bytes were received." }],
    fix: {
      who: "network",
      does: "Look for a redirect, a proxy or a filter in front of this console that drops the body of a POST.",
    },
  }),
  rung({
    id: "NTF-04",
    looksFor: "a body that is neither a form nor JSON",
    weight: "wrong",
    test: ({ unreadableBecause }) => unreadableBecause,
    sentence: (because) => `The body is neither a form nor JSON, so no field could be read. ${because}`,
    evidence: (_, facts) => [...ownPage(facts), { says: `Its Content-Type is ${facts.contentType ?? "missing"}.` }],
    fix: {
      who: "network",
      does: "The gateway sends a form. Look at the raw bytes for who sent this, and for a filter that rewrites bodies.",
    },
  }),
  rung({
    id: null,
    looksFor: "raw bytes that are no longer kept",
    weight: "look",
    test: ({ style, verdict }) => (style === "no longer kept" && unbelieved.has(verdict) ? verdict : null),
    sentence: (verdict) =>
      `Its verdict was “${verdict}”, and its raw bytes are no longer kept, so the cause cannot be looked for.`,
    evidence: (_, facts) => ownPage(facts),
    fix: { who: "nobody", does: "An admin sets for how long raw bytes are kept." },
  }),
  rung({
    id: "NTF-13",
    looksFor: "a missing signature",
    weight: "wrong",
    test: ({ isSigned }) => (isSigned ? null : true),
    sentence: () => "It carries no signature, so anybody may have sent it; the gateway signs every message.",
    evidence: (_, facts) => [...ownPage(facts), { says: "There is no field sign, or it is empty." }],
    fix: { who: "nobody", does: "It was not believed. Nobody has to do anything." },
  }),
  rung({
    id: "NTF-07",
    looksFor: "a value cut at an ampersand",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "cut-at-ampersand" ? repair : null),
    sentence: ({ values }) =>
      values.length > 0
        ? `The gateway cuts values at an &: ${inWords(values.map(({ name, arrived, signed }) => `${name} arrived as “${arrived}” where “${signed}” was signed`))}.`
        : "The gateway cuts values at an &, and one of its texts lost what stood behind it.",
    evidence: ({ values }, facts) => [
      ...ownPage(facts),
      ...values.map(({ name }) => ({
        says: `With the order's own ${name} put back, the signature fits a key of ${facts.credential.label}.`,
      })),
      ...orderPage(facts),
    ],
    fix: {
      who: "order-maker",
      does: "Write “and” or the wide ＆ in subject, body and extParam. This console refuses the plain one; the order came from elsewhere. Its state was asked for and does not depend on this message.",
    },
  }),
  rung({
    id: "NTF-08",
    looksFor: "own parameters of the notify address among the signed fields",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "own-parameters" ? repair.names : null),
    sentence: (names) =>
      `The notify address brought ${inWords(names)} along, which is a name of the protocol too, so the signature does not fit with it.`,
    evidence: (names, facts) => [
      ...ownPage(facts),
      { says: `Without ${inWords(names)} the signature fits a key of ${facts.credential.label}.` },
    ],
    fix: {
      who: "order-maker",
      does: "Give the notify address without a query. It tells credential and kind by its path.",
    },
  }),
  rung({
    id: "NTF-16",
    looksFor: "a name glued to the end of the notify address",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "glued-name" ? repair : null),
    sentence: ({ arrived, meant }) =>
      `The notify address ends in a query without “=”, and the gateway glued it to the first field: ${arrived} was ${meant}.`,
    evidence: ({ arrived, meant }, facts) => [
      ...ownPage(facts),
      { says: `With ${arrived} read as ${meant}, the signature fits a key of ${facts.credential.label}.` },
    ],
    fix: { who: "order-maker", does: "Give the notify address without a query." },
  }),
  rung({
    id: "NTF-09",
    looksFor: "the key of another application",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "other-key" ? repair : null),
    sentence: ({ label, environment }, { credential }) =>
      `It was signed with the key of ${label} (${environment}) and came to the address of ${credential.label}.`,
    evidence: ({ label, credentialId }, facts) => [
      ...ownPage(facts),
      { says: `The signature fits the key of ${label}.`, link: { to: "credential", id: credentialId } },
      ...orderPage(facts),
    ],
    fix: ({ label }) => ({
      who: "order-maker",
      does: `Orders of ${label} must carry the notify address of ${label}. Each application, and each environment, has its own.`,
    }),
  }),
  rung({
    id: "NTF-10",
    looksFor: "a value that was changed on its way",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "altered" ? repair.values : null),
    sentence: (values) =>
      `Something on the way changed it: ${inWords(values.map(({ name, arrived, signed }) => `${name} arrived as “${arrived}” where “${signed}” was signed`))}.`,
    evidence: (values, facts) => [
      ...ownPage(facts),
      {
        says: `With ${inWords(values.map(({ name }) => name))} put right, the signature fits a key of ${facts.credential.label}.`,
      },
      ...orderPage(facts),
    ],
    fix: {
      who: "network",
      does: "Let bodies of POSTs to /api/notify/ pass unchanged: no decoding, trimming or rewriting in front of this console.",
    },
  }),
  rung({
    id: null,
    looksFor: "another mistake that the signature debugger knows",
    weight: "wrong",
    test: ({ repair }) => (repair?.kind === "explained" ? repair : null),
    sentence: ({ what }: Extract<Repair, { kind: "explained" }>) => `The signature differs by one thing. ${what}`,
    evidence: ({ mistake }, facts) => [...ownPage(facts), { says: `The signature debugger calls it ${mistake}.` }],
    fix: ({ fix }): Fix => ({ who: "order-maker", does: fix }),
  }),
  rung({
    id: "NTF-13",
    looksFor: "a signature that none of our keys makes",
    weight: "wrong",
    test: ({ verdict }) => (verdict === "bad-signature" ? true : null),
    sentence: () =>
      "No key of this console makes this signature, and no known mistake explains it: somebody who is not the gateway may have sent it.",
    evidence: (_, facts) => [
      ...ownPage(facts),
      {
        says: "Tried: every key of both environments, the order's own texts, own parameters, glued names, spaces and pluses, and what the signature debugger knows.",
      },
      ...orderPage(facts),
    ],
    fix: {
      who: "this-console",
      does: "If it should be genuine, compare the key's fingerprint with the gateway's portal. Otherwise nobody has to do anything: it was not believed, and the gateway was asked.",
    },
  }),
];

const unreadBecause: Readonly<Record<string, string>> = {
  "too-large": "it is larger than 65,536 bytes",
  "too-slow": "it had not arrived after 10 seconds",
  interrupted: "it broke off in the middle",
};

const unbelieved = new Set(["bad-signature", "ambiguous", "unreadable"]);

export function ownPage({ notificationId, firstAt }: MessageFacts): Evidence[] {
  if (notificationId === null) return [];
  const at = firstAt ?? undefined;
  return [{ says: "The message as it arrived.", at, link: { to: "notification", id: notificationId } }];
}

export function orderPage({ order }: MessageFacts): Evidence[] {
  if (!order) return [];
  return [{ says: `${order.number} is ${order.state} here.`, link: order.link }];
}
