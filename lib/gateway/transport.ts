import { type CallTimings, type Stopwatch, startStopwatch } from "./timings";

/**
 * One POST that is carried out as far as it can be and never throws. Redirects are not followed, the deadline covers
 * the last byte of the answer too, and no more than the limit is kept of it, counted after decompression.
 */
type Posting = {
  readonly url: URL;
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
};

export type Posted =
  | { readonly outcome: "answered"; readonly answer: HttpAnswer }
  /** The answer went past the limit; `answer.bytes` is its beginning. */
  | { readonly outcome: "too-large"; readonly answer: HttpAnswer }
  | { readonly outcome: "timed-out"; readonly answer: HttpAnswer | null }
  /** The platform's error code, such as `ECONNREFUSED`. `wasSent` is false only where nothing can have left. */
  | {
      readonly outcome: "broken";
      readonly reason: string;
      readonly wasSent: boolean;
      readonly answer: HttpAnswer | null;
    };

export type HttpAnswer = {
  readonly status: number;
  readonly contentType: string | null;
  readonly location: string | null;
  readonly bytes: Uint8Array;
};

export async function post(posting: Posting): Promise<{ posted: Posted; timings: CallTimings }> {
  const watch = startStopwatch();
  const posted = await watch.during(() => carryOut(posting, watch));
  return { posted, timings: watch.timings() };
}

async function carryOut(posting: Posting, watch: Stopwatch): Promise<Posted> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), posting.timeoutMs);
  const kept: Uint8Array[] = [];
  let head: Omit<HttpAnswer, "bytes"> | null = null;
  const answerSoFar = () => (head === null ? null : { ...head, bytes: joined(kept) });
  try {
    const response = await fetch(posting.url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": posting.contentType },
      body: posting.body,
      redirect: "manual",
      signal: deadline.signal,
      cache: "no-store",
    });
    watch.answered();
    head = headOf(response);
    const isWhole = await readUpTo(response.body, posting.maxAnswerBytes, kept);
    return { outcome: isWhole ? "answered" : "too-large", answer: { ...head, bytes: joined(kept) } };
  } catch (cause) {
    if (deadline.signal.aborted) return { outcome: "timed-out", answer: answerSoFar() };
    const reason = codesOf(cause);
    const wasSent = head !== null || reason.length === 0 || !reason.every(isBeforeSending);
    return { outcome: "broken", reason: reason[0] ?? "unknown", wasSent, answer: answerSoFar() };
  } finally {
    clearTimeout(timer);
    deadline.abort();
  }
}

function headOf(response: Response): Omit<HttpAnswer, "bytes"> {
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    location: response.headers.get("location"),
  };
}

/** Whether the body ended within the limit. What was read stands in `kept` also when reading fails half way. */
async function readUpTo(body: Response["body"], limit: number, kept: Uint8Array[]): Promise<boolean> {
  if (body === null) return true;
  const reader = body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    size += value.byteLength;
    kept.push(size > limit ? value.subarray(0, value.byteLength - (size - limit)) : value);
    if (size > limit) return false;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

// A host with several addresses fails with one error for each of them.
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  if ("code" in error && typeof error.code === "string") return [error.code];
  return error.cause === undefined ? [] : codesOf(error.cause);
}

function isBeforeSending(code: string): boolean {
  return beforeConnection.has(code) || beforeEncryption.has(code);
}

const beforeConnection = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

// The certificate or the handshake failed, so no byte of the request was written.
const beforeEncryption = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
  "ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
]);
