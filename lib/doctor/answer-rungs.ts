import { type AddressFacts, hasFailed, hexOf, type Reply, textOf } from "./address-facts";
import { isChangedOnTheWay, isHtml } from "./address-steps";
import { rungsFor } from "./ladder";

const rung = rungsFor<AddressFacts>();

/** What can be the matter with an answer that came back over the public address. */
export const answerRungs = [
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
];

export function replyWhere(matches: (reply: Reply) => boolean) {
  return ({ answer }: AddressFacts): Reply | null =>
    answer !== null && !hasFailed(answer) && matches(answer) ? answer : null;
}

export function firstBytes(reply: Reply) {
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
