import type { CallRow } from "@/db/commands/evidence";
import type { CallKeys } from "@/lib/credentials/ask-with-key";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { GatewayCallId, newId } from "@/lib/domain/ids";
import type { Call } from "@/lib/gateway/client";
import type { CallTimings } from "@/lib/gateway/timings";

/**
 * A call as it is kept: everything but secrets, card numbers and bar codes. One that does not say which versions of the
 * secret made its signatures was made with the current one alone.
 */
export function callRowOf(credential: OpenCredential, call: Call<unknown> & Partial<CallKeys>): CallRow {
  const { result, record } = call;
  const { secretVersion = credential.current.version } = call;
  const { answerSecretVersion = record.verification === "valid" ? secretVersion : null } = call;
  return {
    id: newId(GatewayCallId),
    credentialId: credential.id,
    secretVersion,
    answerSecretVersion,
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

function inMicroseconds({ dnsMs, connectMs, tlsMs, waitMs, readMs }: CallTimings): (number | null)[] {
  return [dnsMs, connectMs, tlsMs, waitMs, readMs].map((ms) => (ms === null ? null : Math.round(ms * 1_000)));
}
