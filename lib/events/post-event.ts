import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Environment } from "@/lib/domain/environment";
import type { AttemptOutcome } from "@/lib/domain/events";
import { checkedAddresses, type HostAddress, type Resolve } from "./receiver-address";
import type { SignedHeaders } from "./sign-event";

export type EventPosting = {
  url: URL;
  environment: Environment;
  headers: SignedHeaders;
  body: string;
  timeoutMs?: number;
  /** For tests: another name service. */
  resolve?: Resolve;
};

type PostedEvent = {
  outcome: AttemptOutcome;
  httpStatus: number | null;
  /** The beginning of the answer, as text. */
  answerText: string | null;
  /** The platform's code of a broken connection. */
  reason: string | null;
  /** How long the receiver asks us to wait, in milliseconds, when it said so with a failure. */
  retryAfterMs: number | null;
  /** The address that the connection was made to, or would have been. */
  host: string | null;
};

/**
 * Sends one event and never throws. The connection goes to an address that was checked, redirects are not followed, and
 * the deadline covers name service, connection and answer. The status decides; of the answer only the beginning is
 * kept, and when the deadline cuts it off the status still counts.
 */
export async function postEvent(posting: EventPosting): Promise<PostedEvent> {
  const deadline = AbortSignal.timeout(posting.timeoutMs ?? answerLimitMs);
  try {
    const checked = await before(deadline, checkedAddresses(posting.url, posting.environment, posting.resolve));
    if (checked === null) return { ...nothing, outcome: "refused-address" };
    return await send(posting, checked, deadline);
  } catch (error) {
    return { ...nothing, ...failureOf(error, deadline) };
  }
}

const answerLimitMs = 15_000;
const mostAnswerBytes = 4_096;

const nothing = { httpStatus: null, answerText: null, reason: null, retryAfterMs: null, host: null };

function send({ url, headers, body }: EventPosting, checked: HostAddress[], signal: AbortSignal): Promise<PostedEvent> {
  const bytes = Buffer.from(body, "utf8");
  const host = checked[0]?.address ?? null;
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": bytes.length,
        "user-agent": "Countersign",
        accept: "*/*",
        connection: "close",
      },
      // A connection that is kept could lead to an address that was right an hour ago.
      agent: false,
      lookup: lookupOf(checked),
      signal,
    });
    let hasAnswered = false;
    request.on("error", (error) => {
      if (!hasAnswered) resolve({ ...nothing, host, ...failureOf(error, signal) });
    });
    request.on("response", async (response) => {
      hasAnswered = true;
      const httpStatus = response.statusCode ?? 0;
      const answerText = await beginningOf(response);
      request.destroy();
      const outcome = outcomeOf(httpStatus);
      const retryAfterMs = outcome === "http-error" ? waitOf(response.headers["retry-after"]) : null;
      resolve({ outcome, httpStatus, answerText, reason: null, retryAfterMs, host });
    });
    request.end(bytes);
  });
}

function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return "delivered";
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirected" : "http-error";
}

/** RFC 9110, 10.2.3: seconds, or the moment itself. Null when it is neither, or in the past. */
function waitOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const waitMs = /^[0-9]{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return waitMs > 0 ? waitMs : null;
}

/** What came of the answer before its end, the limit or a break; a break after the status changes nothing. */
async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostAnswerBytes) break;
    }
  } catch {
    // What was read until then stands in `chunks`.
  }
  return Buffer.concat(chunks).subarray(0, mostAnswerBytes).toString("utf8");
}

/** Answers every question for the host with the addresses that were checked. */
function lookupOf(checked: readonly HostAddress[]): LookupFunction {
  return (_hostname, { all }, done) => {
    const [first] = checked;
    if (all) done(null, [...checked]);
    else done(null, first?.address ?? "", first?.family ?? 4);
  };
}

/** The name service cannot be stopped, only not be waited for. */
async function before<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
    }),
  ]);
}

function failureOf(error: unknown, deadline: AbortSignal): { outcome: AttemptOutcome; reason: string | null } {
  if (deadline.aborted) return { outcome: "timed-out", reason: null };
  return { outcome: "unreachable", reason: codeOf(error) };
}

// A host with several addresses fails with one error for each of them.
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
