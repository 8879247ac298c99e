import { explainMessage, explainStrangeAnswer } from "@/lib/gateway/messages";

/** A kept call, as far as its meaning depends on it. */
export type KeptCall = {
  operation: string;
  outcome: string;
  httpStatus: number | null;
  code: string | null;
  msg: string | null;
  verification: string;
  durationMs: number;
  /** As it came, masked; looked at where it is none of the protocol's. */
  answerText?: string | null;
  /** Somebody wrote it by hand, and it is about nothing of ours. */
  composedBy?: object | null;
};

/** The gateway's words in English, and what to do about them. */
export type Translation = { english: string; advice: string };

/** `next` is what it means for the money, and what we do about it. */
export type CallExplanation = {
  happened: string;
  /** The gateway complains about our signature, so the debugger can say why. */
  isSignatureRefused: boolean;
  next: string;
  verification: string;
  translation: Translation | null;
};

/** Null for words that nobody has explained: then the original stands alone. */
export function translationOf(message: string | null): Translation | null {
  const known = message === null ? null : explainMessage(message);
  return known && { english: known.english, advice: known.advice };
}

/** What a call led to, in words for the person who reads the evidence. */
export function explainCall(call: KeptCall): CallExplanation {
  const happened = whatHappened[call.outcome]?.(call) ?? `It ended with “${call.outcome}”.`;
  return {
    happened,
    isSignatureRefused: call.outcome === "refused" && explainMessage(call.msg ?? "")?.class === "signature",
    next: call.composedBy ? whatComposedMeans(call) : whatNext(call),
    verification: aboutSignature[call.verification] ?? call.verification,
    translation: translationOf(call.msg) ?? likenessOf(call),
  };
}

/** The same of many calls that ended alike, where the gateway said nothing that could be explained. */
export function explainTrouble({
  outcome,
  operation,
  ...call
}: Omit<KeptCall, "verification" | "durationMs">): Translation {
  const explained = explainCall({ ...call, outcome, operation, verification: "none", durationMs: 0 });
  const happened = outcome === "timed-out" ? "The gateway gave no full answer in time." : explained.happened;
  return { english: happened.replace(/\.$/, ""), advice: explained.next };
}

/** What an answer means that is not in the gateway's own words. */
export function likenessOf(call: Pick<KeptCall, "outcome" | "httpStatus" | "answerText">): Translation | null {
  if (call.outcome !== "http-error" && call.outcome !== "unreadable") return null;
  const known = explainStrangeAnswer(call.httpStatus, call.answerText ?? null);
  return known && { english: known.english, advice: known.advice };
}

const whatHappened: Readonly<Record<string, (call: KeptCall) => string>> = {
  ok: () => "The gateway answered, and its signature is valid.",
  "invalid-request": () => "Our own check held the request back. Nothing was sent.",
  unreachable: () => "The gateway could not be reached. Nothing was sent.",
  "timed-out": ({ durationMs }) => `The gateway gave no full answer within ${Math.round(durationMs / 1000)} s.`,
  interrupted: () => "The connection broke before the answer was complete.",
  redirected: ({ httpStatus }) => `The address answered with a redirect (HTTP ${httpStatus}), which is never followed.`,
  "http-error": ({ httpStatus }) =>
    `The address answered HTTP ${httpStatus} instead of 200: not the gateway's own words.`,
  "too-large": () => "The answer was longer than any answer of the protocol and was not read to its end.",
  unreadable: () => "The answer was not in the protocol's shape.",
  "bad-signature": ({ verification }) =>
    verification === "missing" ? "The answer carried no signature." : "The answer's signature is wrong.",
  duplicate: () => "The gateway already knows this number.",
  "gateway-fault": ({ code }) => `The gateway reported trouble of its own (code ${code}).`,
  refused: ({ code }) => `The gateway looked at the request and said no (code ${code}).`,
};

const certain = new Set(["ok", "invalid-request", "unreachable", "refused"]);
const asking = new Set(["query", "refundQuery", "transferQuery"]);

function whatNext({ outcome, operation }: KeptCall): string {
  if (outcome === "ok") return "What it says is believed; the timeline shows what it changed.";
  if (asking.has(operation)) return "Nothing was learned and nothing was changed. The question is asked again.";
  if (certain.has(outcome)) return "It is certain that nothing was done at the gateway.";
  return "It may have been carried out. It is never simply sent again: the gateway is asked first.";
}

function whatComposedMeans({ outcome, operation }: KeptCall): string {
  if (asking.has(operation))
    return "It was asked by hand, so nothing of ours follows from it, whatever the answer says.";
  if (outcome === "ok")
    return "It was done at the gateway and at no payment or refund of ours: adopt it, or let it be.";
  if (certain.has(outcome)) return "It is certain that nothing was done at the gateway.";
  return "It may have been carried out. Nobody asks about it by itself: compose the question.";
}

const aboutSignature: Readonly<Record<string, string>> = {
  valid: "valid: made with this credential's key",
  invalid: "wrong: not made with this credential's key",
  missing: "missing, so the answer proves nothing",
  "not-signed": "none: the protocol signs no answer of this kind",
  none: "nothing to verify",
};
