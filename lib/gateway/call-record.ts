import type { Judged, Verification } from "./envelope";
import type { CallTimings } from "./timings";
import type { Posted } from "./transport";
import type { AskedEndpoint } from "./typed-endpoints";
import type { HoldOperationName } from "./wire/hold-call";

export type RequestEncoding = "json" | "form";

/**
 * One call as it may be kept and shown: card numbers keep their first six and last four digits, payment codes nothing,
 * and the secret stands nowhere.
 */
export type CallRecord = {
  readonly operation: AskedEndpoint | HoldOperationName;
  readonly method: "POST";
  readonly url: string;
  readonly encoding: RequestEncoding;
  /** Everything that was sent except `sign`, numbers as text. */
  readonly requestFields: Readonly<Record<string, string>>;
  /** The text that was hashed, with `<key>` in place of the secret; `null` when nothing was, or when it was not sent. */
  readonly canonicalText: string | null;
  readonly sentSign: string | null;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** `null` when nothing was sent. */
  readonly timings: CallTimings | null;
  /** `null` when no status line arrived. */
  readonly httpStatus: number | null;
  readonly contentType: string | null;
  /** The first 65,536 characters of the answer, also of one that could not be believed; `null` when there was none. */
  readonly answerText: string | null;
  readonly verification: Verification;
  /** 0: the secret that signed the request made the answer's signature; above it, one of those that also verify. */
  readonly verifiedBy: number | null;
  readonly code: string | null;
  readonly msg: string | null;
};

type Sending = {
  readonly operation: AskedEndpoint | HoldOperationName;
  readonly url: string;
  readonly encoding: RequestEncoding;
  readonly startedAt: Date;
  readonly fields: Readonly<Record<string, string | number>>;
  readonly mask: (text: string) => string;
};

type Sent = Sending & {
  /** Null where nobody signed it, or its sign is not to be kept. */
  readonly explained: { readonly maskedText: string | null; readonly sign: string | null };
  readonly posted: Posted;
  readonly judged: Judged;
  readonly durationMs: number;
  readonly timings: CallTimings;
};

export function recordOf({ explained, posted, judged, durationMs, timings, ...sending }: Sent): CallRecord {
  const { answer } = posted;
  return {
    ...recordOfUnsent(sending),
    canonicalText: explained.maskedText === null ? null : sending.mask(explained.maskedText),
    sentSign: explained.sign,
    durationMs,
    timings,
    httpStatus: answer?.status ?? null,
    contentType: answer?.contentType?.slice(0, 200) ?? null,
    answerText: answer === null ? null : sending.mask(textOf(answer.bytes)),
    verification: judged.verification,
    verifiedBy: judged.verifiedBy,
    code: judged.code,
    msg: judged.msg === null ? null : sending.mask(judged.msg),
  };
}

/** The record of a request that our own check held back. */
export function recordOfUnsent({ operation, url, encoding, startedAt, fields, mask }: Sending): CallRecord {
  return {
    operation,
    method: "POST",
    url,
    encoding,
    requestFields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, mask(String(value))])),
    canonicalText: null,
    sentSign: null,
    startedAt,
    durationMs: 0,
    timings: null,
    httpStatus: null,
    contentType: null,
    answerText: null,
    verification: "none",
    verifiedBy: null,
    code: null,
    msg: null,
  };
}

const longestAnswerText = 65_536;

// Databases keep no NUL in a text.
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8").decode(bytes.subarray(0, longestAnswerText * 4));
  return text.slice(0, longestAnswerText).replaceAll("\0", "\uFFFD");
}
