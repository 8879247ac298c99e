import type { MessageClass } from "./messages";
import type { FieldProblem } from "./wire/field-rules";

/** Why the gateway gave no usable answer, and what a caller may do next. */
export type GatewayFailure =
  /** Our own check found this before anything was sent. */
  | { kind: "invalid-request"; next: "stop"; problems: readonly FieldProblem[] }
  /** Nothing was sent: the same request may be sent again. `reason` is the platform's code, such as `ECONNREFUSED`. */
  | { kind: "unreachable"; next: "retry"; reason: string }
  /** It may have happened: query before sending again. */
  | { kind: "timed-out"; next: "ask"; afterMs: number }
  /** The connection broke after it had been made; the request may have arrived. `reason` is the platform's code. */
  | { kind: "interrupted"; next: "ask"; reason: string }
  /** Answered by something in between that sends us elsewhere. Never followed, because the request is signed money. */
  | { kind: "redirected"; next: "ask"; status: number; location: string | null }
  /** A status other than 200: infrastructure spoke, not the gateway. `looksLike` is said where its words betray it. */
  | { kind: "http-error"; next: "ask"; status: number; looksLike?: string }
  | { kind: "too-large"; next: "ask"; limitBytes: number }
  /** An answer came, not in the protocol's shape. */
  | { kind: "unreadable"; next: "ask"; status: number; reason: UnreadableReason; detail: string; looksLike?: string }
  /** Believe it in neither direction. */
  | { kind: "bad-signature"; next: "ask"; signature: "invalid" | "missing" }
  /** Our number is taken: an order or refund of this number exists, whoever made it. */
  | { kind: "duplicate"; next: "ask"; code: string; message: string }
  /** Its own trouble, or words that nobody has explained yet: the order may exist. */
  | { kind: "gateway-fault"; next: "ask"; code: string; message: string }
  /** It looked at the request and said no; nothing was made of it. */
  | { kind: "refused"; next: "stop"; code: string; message: string; class: MessageClass };

export type UnreadableReason =
  | "empty-body"
  | "markup"
  | "not-utf8"
  | "not-json"
  | "repeated-names"
  | "no-code"
  | "no-data"
  | "data-not-an-object";

/** One sentence for a person: what happened and what it means for the order. Shows nothing secret. */
export function describeFailure(failure: GatewayFailure): string {
  switch (failure.kind) {
    case "invalid-request":
      return `Nothing was sent. ${failure.problems.map(({ field, message }) => `${field}: ${message}`).join(" ")}`;
    case "unreachable":
      return `The gateway could not be reached (${failure.reason}). Nothing was sent.`;
    case "timed-out":
      return `The gateway gave no full answer within ${Math.round(failure.afterMs / 1000)} s. The request may have been carried out.`;
    case "interrupted":
      return `The connection broke (${failure.reason}). The request may have been carried out.`;
    case "redirected":
      return `The address answered with a redirect (HTTP ${failure.status}), which is never followed.`;
    case "http-error":
      return withLikeness(`The address answered HTTP ${failure.status} instead of 200.`, failure);
    case "too-large":
      return `The answer was longer than ${failure.limitBytes} bytes and was not read to its end.`;
    case "unreadable":
      return withLikeness(`The answer was not in the protocol's shape: ${failure.detail}`, failure);
    case "bad-signature":
      return failure.signature === "missing"
        ? "The answer carried no signature, so it proves nothing."
        : "The answer's signature is wrong, so it proves nothing.";
    case "duplicate":
      return `The gateway already knows this number: ${failure.message}`;
    case "gateway-fault":
      return `The gateway reported trouble (code ${failure.code}): ${failure.message}`;
    case "refused":
      return `The gateway refused (code ${failure.code}): ${failure.message}`;
  }
}

function withLikeness(sentence: string, { looksLike }: { looksLike?: string }): string {
  return looksLike === undefined ? sentence : `${sentence} ${looksLike}.`;
}
