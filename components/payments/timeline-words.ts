/** Outcomes of a call without any answer. */
export const unanswered = new Set(["timed-out", "unreachable", "interrupted"]);

/** Operations that ask and change nothing. */
export const questions = new Set(["query", "refundQuery"]);

/** How a change of state was proven. */
export const provenText: Record<string, string> = {
  answer: "Proven by the signed answer.",
  query: "Proven by the signed answer to our question.",
  notification: "Proven by the notification.",
  us: "Our word alone.",
};

/** Why an answer proves nothing. */
export const unproven: Record<string, string> = {
  invalid: "wrong signature",
  missing: "no signature",
  "not-signed": "not signed, as all refusals",
  none: "nothing to verify",
};

/** What an answer was that was not the one we hoped for. */
export const outcomeWords: Record<string, string> = {
  redirected: "a redirect, which is never followed",
  "http-error": "not the gateway’s own words",
  "too-large": "too long to be one",
  unreadable: "not in the protocol’s shape",
  "bad-signature": "not believed",
  duplicate: "the number is known already",
  "gateway-fault": "trouble at the gateway",
  refused: "the gateway said no",
};

/** What the gateway agreed to by answering. What it says about a state stands in the entry after it. */
export const agreed: Record<string, string> = {
  unifiedOrder: "the gateway has the order",
  query: "the gateway said where the order stands",
  close: "the gateway closed the order",
  cancel: "the gateway took the cancel",
  refundOrder: "the gateway has the refund",
  refundQuery: "the gateway said where the refund stands",
  holdComplete: "the gateway took the completion",
  holdRelease: "the gateway took the release",
};

/** Operations by the protocol's own paths. */
export const operationPaths: Record<string, string> = {
  unifiedOrder: "pay/unifiedOrder",
  query: "pay/query",
  close: "pay/close",
  cancel: "pay/cancel",
  refundOrder: "refund/refundOrder",
  refundQuery: "refund/query",
  holdComplete: "completion of the hold",
  holdRelease: "release of the hold",
};
