import type { CallRow } from "@/db/commands/evidence";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { GatewayCallId, newId } from "@/lib/domain/ids";
import type { Call } from "@/lib/gateway/client";
import type { CallTimings } from "@/lib/gateway/timings";

/** A call as it is kept: everything but secrets, card numbers and bar codes. */
export function callRowOf(credential: OpenCredential, call: Call<unknown>): CallRow {
  const { result, record } = call;
  return {
    id: newId(GatewayCallId),
    credentialId: credential.id,
    secretVersion: credential.current.version,
    operation: record.operation,
    url: record.url,
    encoding: record.encoding,
    requestFields: { ...record.requestFields },
    signedText: record.canonicalText ?? "",
    sentSign: record.sentSign ?? "",
    startedAt: record.startedAt,
    durationMs: record.durationMs,
    timingsUs: record.timings && inMicroseconds(record.timings),
    httpStatus: record.httpStatus,
    contentType: record.contentType,
    answerText: record.answerText,
    verification: record.verification,
    code: record.code,
    msg: record.msg,
    outcome: result.ok ? "ok" : result.error.kind,
  };
}

function inMicroseconds({ connectMs, waitMs, readMs }: CallTimings): (number | null)[] {
  return [connectMs, waitMs, readMs].map((ms) => (ms === null ? null : Math.round(ms * 1_000)));
}
