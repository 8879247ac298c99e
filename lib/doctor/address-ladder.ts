import { type AddressFacts, hasFailed } from "./address-facts";
import { answerRungs, firstBytes, replyWhere } from "./answer-rungs";
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
    test: ({ certificate }) => (certificate && certificate.problem !== null ? certificate : null),
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
  ...answerRungs,
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
    evidence: (_, { answer }) => (answer && !hasFailed(answer) ? firstBytes(answer) : []),
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
