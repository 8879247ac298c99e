import {
  type AddressFacts,
  type Certificate,
  type Failed,
  hasFailed,
  hexOf,
  type Reply,
  textOf,
} from "./address-facts";
import { isChangedOnTheWay, isHtml } from "./address-steps";
import { answerSeconds } from "./expected-tries";
import { type Rung, rungsFor } from "./ladder";

const rung = rungsFor<AddressFacts>();

/** Why the gateway could not deliver to our public address, as far as that can be seen from here. */
export const addressLadder: readonly Rung<AddressFacts>[] = [
  rung({
    id: "NTF-02",
    looksFor: "an address that nobody outside can reach",
    weight: "wrong",
    test: ({ reach, isGatewayHere }) =>
      reach === "public" || (reach === "this-machine" && isGatewayHere) ? null : reach,
    sentence: (reach, { url }) =>
      `The public address leads to ${reach === "this-machine" ? "this machine itself" : "a private network"}, where the gateway cannot call: ${new URL(url).origin}.`,
    evidence: (_, { url }) => [{ says: `Every new order carries ${url}` }],
    fix: {
      who: "this-console",
      does: "Set PUBLIC_URL to the https address at which the internet reaches this console.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "a name without an address",
    weight: "wrong",
    test: ({ addresses }) => ("problem" in addresses ? addresses.problem : null),
    sentence: (problem, { url }) => `The name ${new URL(url).hostname} leads nowhere: ${problem}.`,
    evidence: (problem) => [{ says: `Looking it up ended in ${problem}.` }],
    fix: { who: "network", does: "Give the name an address in DNS, or set PUBLIC_URL to the name that has one." },
  }),
  rung({
    id: "NTF-02",
    looksFor: "a closed door",
    weight: "wrong",
    test: ({ connection }) => (hasFailed(connection) ? connection.problem : null),
    sentence: (problem, { url }) => `Nobody opens at ${new URL(url).host}: ${problem}.`,
    evidence: (problem) => [{ says: `Connecting ended in ${problem}.` }],
    fix: {
      who: "network",
      does: "Let connections from outside to this port through the firewall, to the web process or the proxy in front of it.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "a certificate that is not trusted",
    weight: "wrong",
    test: ({ certificate }) =>
      certificate && certificate.problem !== null ? (certificate as Certificate | Failed) : null,
    sentence: (certificate) => `The certificate is not trusted: ${wordsFor(certificate.problem ?? "")}.`,
    evidence: (certificate) =>
      "issuer" in certificate
        ? [
            { says: `Sent: ${certificate.chain.join(" ← ")}, by ${certificate.issuer}.` },
            { says: "Valid until", at: certificate.validUntil },
          ]
        : [{ says: certificate.problem }],
    fix: {
      who: "network",
      does: "Serve a certificate of a public authority for this very name, with its intermediate certificates.",
    },
  }),
  rung({
    id: "NTF-17",
    looksFor: "an answer that comes too late",
    weight: "wrong",
    test: ({ answer }) => (hasFailed(answer) && answer.problem === "ETIMEDOUT" ? true : null),
    sentence: () =>
      `No answer came within the ${answerSeconds} seconds that the gateway waits, so it sends again and again.`,
    evidence: () => [{ says: "Our own message was not answered in time." }],
    fix: {
      who: "network",
      does: "Look for a proxy that holds requests back, and at the load of this machine and its database.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "a connection that breaks",
    weight: "wrong",
    test: ({ answer }) => (hasFailed(answer) ? answer.problem : null),
    sentence: (problem) => `The connection opens and breaks before an answer: ${wordsFor(problem)}.`,
    evidence: (problem) => [{ says: `It ended in ${problem}.` }],
    fix: {
      who: "network",
      does: "Look at the proxy in front of this console: it accepts the call and does not pass it on.",
    },
  }),
  rung({
    id: "NTF-23",
    looksFor: "a login, a filter or a locale in front of us",
    weight: "wrong",
    test: replyWhere(
      (reply) =>
        [401, 403, 407, 429].includes(reply.status) || leadsToLogin(reply) || (isHtml(reply) && reply.status < 300),
    ),
    sentence: (reply) =>
      `Something in front of this console answers instead of it: HTTP ${reply.status}${reply.location ? ` to ${reply.location}` : isHtml(reply) ? " with a page" : ""}.`,
    evidence: firstBytes,
    fix: {
      who: "network",
      does: "Exempt POSTs to /api/notify/ from login, bot protection, CSRF checks and language redirects. The signature is their proof.",
    },
  }),
  rung({
    id: "NTF-21",
    looksFor: "a redirect",
    weight: "wrong",
    test: replyWhere(({ status }) => status >= 300 && status < 400),
    sentence: ({ status, location }) =>
      `The address redirects (${status} to ${location ?? "nowhere"}), and the gateway does not follow.`,
    evidence: firstBytes,
    fix: {
      who: "this-console",
      does: "Set PUBLIC_URL to where the redirect leads, or take the redirect away for /api/notify/.",
    },
  }),
  rung({
    id: "NTF-10",
    looksFor: "a message that was changed on its way",
    weight: "wrong",
    test: replyWhere(isChangedOnTheWay),
    sentence: (reply) =>
      `Something on the way changes what is sent: our own message arrived here as another one and was answered “${textOf(reply)}”.`,
    evidence: () => [{ says: "How it arrived stands in the inbox, as the newest message without an order." }],
    fix: {
      who: "network",
      does: "Let bodies of POSTs to /api/notify/ pass unchanged: no decoding, trimming or rewriting.",
    },
  }),
  rung({
    id: null,
    looksFor: "a console that cannot store",
    weight: "wrong",
    test: replyWhere((reply) => reply.status === 503 && textOf(reply) === "try again"),
    sentence: () => "This console answers and cannot store: its database is away or slow.",
    evidence: firstBytes,
    fix: {
      who: "this-console",
      does: "Look at /api/ready and at the log. What the gateway tries meanwhile is refused, and asked for later.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "somebody else at our address",
    weight: "wrong",
    test: replyWhere(({ status }) => status === 404 || status === 405 || status >= 500),
    sentence: ({ status }) => `Something answers at the address, but not this console's receiver: HTTP ${status}.`,
    evidence: firstBytes,
    fix: {
      who: "network",
      does: "Pass POSTs to /api/notify/ on to this console, with their path and method unchanged.",
    },
  }),
  rung({
    id: "NTF-03",
    looksFor: "an answer that is not exactly success",
    weight: "wrong",
    test: replyWhere((reply) => textOf(reply) !== "success"),
    sentence: (reply) =>
      textOf(reply).trim().toLowerCase().replace(/^"|"$/g, "") === "success"
        ? "The answer is success with something around it, and the gateway compares every byte: it would send each message six times."
        : "The answer that comes back is not success, although this console sent it: the gateway would send each message six times.",
    evidence: firstBytes,
    fix: {
      who: "network",
      does: "Let answers of /api/notify/ pass unchanged: no line ends, byte-order marks, JSON or pages around them.",
    },
  }),
  rung({
    id: "NTF-02",
    looksFor: "another installation behind our name",
    weight: "wrong",
    test: ({ isOurs }) => (isOurs === false ? true : null),
    sentence: () =>
      "Somebody answers success at this address, but it is not this installation: notifications end elsewhere.",
    evidence: () => [{ says: "The receipt that only this installation can write did not come back." }],
    fix: {
      who: "network",
      does: "Point the name, or the proxy behind it, to this installation. An old staging machine is the usual suspect.",
    },
  }),
  rung({
    id: "NTF-17",
    looksFor: "an answer that comes slowly",
    weight: "look",
    test: replyWhere(({ durationMs }) => durationMs > 5_000),
    sentence: ({ durationMs }) =>
      `It works and is slow: ${(durationMs / 1000).toFixed(1)} of the ${answerSeconds} seconds that the gateway waits.`,
    evidence: firstBytes,
    fix: {
      who: "network",
      does: "Look at the proxy and at the load of this machine before the gateway runs out of patience.",
    },
  }),
  rung({
    id: null,
    looksFor: "a certificate that ends soon",
    isRemark: true,
    weight: "look",
    test: ({ certificate, now }) =>
      certificate && "validUntil" in certificate && certificate.validUntil.getTime() - now.getTime() < 21 * 86_400_000
        ? certificate
        : null,
    sentence: () => "The certificate ends within three weeks.",
    evidence: ({ validUntil }) => [{ says: "Valid until", at: validUntil }],
    fix: { who: "network", does: "Renew it, and look why that did not happen by itself." },
  }),
  rung({
    id: null,
    looksFor: "a name that leads inside",
    isRemark: true,
    weight: "look",
    test: ({ addresses, reach }) =>
      reach === "public" && !("problem" in addresses) && addresses.every((one) => one.reach !== "public")
        ? addresses
        : null,
    sentence: () =>
      "From here the name leads to a private address, so this test stayed inside: outside it may look different.",
    evidence: (addresses) => [{ says: addresses.map(({ address }) => address).join(", ") }],
    fix: { who: "network", does: "Test once from outside, for example with a phone that is not in this network." },
  }),
  rung({
    id: null,
    looksFor: "nothing wrong",
    weight: "fine",
    test: () => true,
    sentence: () =>
      "The public address works as far as it can be seen from here: our own message came in and was answered exactly success.",
    evidence: (_, { answer }) => (answer && !hasFailed(answer) ? firstBytes(answer as Reply) : []),
    fix: { who: "nobody", does: "Nobody has to do anything." },
  }),
];

/** What no machine can see of its own public address. */
export const unseenFromHere: readonly string[] = [
  "Whether the gateway's own network reaches us: this call began on our side of the firewall.",
  "Rules that let some source addresses in and keep others out.",
  "What the name means to the outside, where the inside has its own DNS.",
  "Whether the gateway's machines trust our certificate's authority; they may be older than this one.",
  "Tries that never got here: only the gateway's back office lists those.",
];

function replyWhere(matches: (reply: Reply) => boolean) {
  return ({ answer }: AddressFacts): Reply | null =>
    answer !== null && !hasFailed(answer) && matches(answer as Reply) ? (answer as Reply) : null;
}

function firstBytes(reply: Reply) {
  return [
    { says: `HTTP ${reply.status}, ${reply.contentType ?? "no Content-Type"}, ${reply.durationMs} ms.` },
    { says: `The first bytes of the answer: ${hexOf(reply)}` },
  ];
}

function leadsToLogin({ status, location }: Reply): boolean {
  return (
    status >= 300 &&
    status < 400 &&
    /login|log-in|sign-?in|auth|sso|\/[a-z]{2}(?:-[A-Za-z]{2})?\/api\/notify/.test(location ?? "")
  );
}

function wordsFor(problem: string): string {
  return problems[problem] ?? problem;
}

const problems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in an authority that nobody trusts",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the intermediate certificate is not sent along",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is unknown, or an intermediate certificate is missing",
  ERR_TLS_CERT_ALTNAME_INVALID: "it belongs to another name",
  ECONNRESET: "the other side cut the connection",
  EPROTO: "the other side does not speak TLS",
};
