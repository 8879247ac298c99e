import { type IncomingMessage, request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import { type Duplex, pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { connections } from "./connections";
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
  /** The platform's error code, such as `ECONNREFUSED`. `wasSent` is false only where nothing can have left: there was no connection. */
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
  const posted = await carryOut(posting, watch);
  return { posted, timings: watch.timings() };
}

async function carryOut(posting: Posting, watch: Stopwatch): Promise<Posted> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), posting.timeoutMs);
  const kept: Uint8Array[] = [];
  let head: Omit<HttpAnswer, "bytes"> | null = null;
  let isWhole = false;
  const answerSoFar = () => (head === null ? null : { ...head, bytes: joined(kept) });
  try {
    const message = await headOfAnswer(posting, watch, deadline.signal);
    head = headOf(message);
    isWhole = await readUpTo(unpacked(message), posting.maxAnswerBytes, kept);
    return { outcome: isWhole ? "answered" : "too-large", answer: { ...head, bytes: joined(kept) } };
  } catch (cause) {
    if (deadline.signal.aborted) return { outcome: "timed-out", answer: answerSoFar() };
    const reason = codesOf(cause)[0] ?? "unknown";
    return { outcome: "broken", reason, wasSent: watch.isConnected(), answer: answerSoFar() };
  } finally {
    clearTimeout(timer);
    // Whatever has not come to its end is given up, its connection with it.
    if (!isWhole) deadline.abort();
  }
}

function headOfAnswer(posting: Posting, watch: Stopwatch, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, contentType, body } = posting;
  const isEncrypted = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body, "utf8");
    const request = (isEncrypted ? requestByHttps : requestByHttp)(url, {
      method: "POST",
      agent: connections[isEncrypted ? "https:" : "http:"],
      headers: {
        accept: "application/json",
        "accept-encoding": "gzip, deflate, br",
        "content-type": contentType,
        "content-length": bytes.byteLength,
      },
      signal,
    });
    request.once("socket", (socket) => watch.connected(socket, request.reusedSocket));
    request.once("response", (message) => {
      watch.answered();
      resolve(message);
    });
    // It stays for what comes behind the head: whoever reads the answer hears of that there.
    request.on("error", reject);
    request.end(bytes);
  });
}

function headOf({ statusCode, headers }: IncomingMessage): Omit<HttpAnswer, "bytes"> {
  return {
    status: statusCode ?? 0,
    contentType: headers["content-type"] ?? null,
    location: headers.location ?? null,
  };
}

function unpacked(message: IncomingMessage): Readable {
  const unpacker = unpackerFor(message.headers["content-encoding"]?.trim().toLowerCase());
  if (unpacker === null) return message;
  // An error of either side ends both, and reading then throws it.
  return pipeline(message, unpacker, () => undefined);
}

function unpackerFor(encoding: string | undefined): Duplex | null {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}

/** Whether the body ended within the limit. What was read stands in `kept` also when reading fails half way. */
async function readUpTo(body: Readable, limit: number, kept: Uint8Array[]): Promise<boolean> {
  let size = 0;
  for await (const value of body as AsyncIterable<Buffer>) {
    size += value.byteLength;
    kept.push(size > limit ? value.subarray(0, value.byteLength - (size - limit)) : value);
    if (size > limit) return false;
  }
  return true;
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
