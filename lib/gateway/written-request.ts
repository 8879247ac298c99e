import { err, ok } from "@/lib/domain/result";
import { addressBelow } from "./base-url";
import { type RequestEncoding, recordOf } from "./call-record";
import { callerFrom, type GatewaySettings, judge, withMaskedText } from "./caller";
import type { Call } from "./client";
import type { WireFields } from "./fields";
import { post } from "./transport";
import { type AskedEndpoint, endpointPaths } from "./typed-endpoints";

/** A request that a person wrote. It is sent to the byte, whatever it says. */
export type WrittenRequest = {
  readonly operation: AskedEndpoint;
  readonly encoding: RequestEncoding;
  readonly body: string;
  readonly startedAt: Date;
  /** What may be kept of it. `signedText` is null when nobody signed it here. */
  readonly kept: {
    readonly fields: Readonly<Record<string, string>>;
    readonly signedText: string | null;
    readonly sign: string | null;
  };
  /** Hides what is sensitive in this request wherever it turns up. */
  readonly mask: (text: string) => string;
};

/**
 * Sends a written request once and judges its answer as strictly as every other. Its outcome is a value.
 *
 * @throws RangeError for settings that `callerFrom` refuses
 */
export async function sendWritten(settings: GatewaySettings, request: WrittenRequest): Promise<Call<WireFields>> {
  const { operation, encoding, body, startedAt, kept, mask } = request;
  const caller = callerFrom(settings);
  const url = addressBelow(caller.baseUrl, endpointPaths[operation]);
  const startedMs = performance.now();
  const { posted, timings } = await post({
    url,
    contentType: `${contentTypes[encoding]};charset=UTF-8`,
    body,
    timeoutMs: caller.timeoutMs,
    maxAnswerBytes: caller.maxAnswerBytes,
  });
  const durationMs = Math.round(performance.now() - startedMs);
  const judged = judge(posted, caller);
  const sent = { operation, url: url.href, encoding, startedAt, fields: kept.fields, mask };
  const explained = { maskedText: kept.signedText, sign: kept.sign };
  const record = recordOf({ ...sent, explained, posted, judged, durationMs, timings });
  return {
    result: judged.data.ok ? ok(judged.data.value) : err(withMaskedText(judged.data.error, mask)),
    record,
  };
}

/** How each encoding calls itself. */
export const contentTypes: Readonly<Record<RequestEncoding, string>> = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
};
