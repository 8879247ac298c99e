import { err } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import { checkBaseUrl } from "./base-url";
import type { RequestEncoding } from "./call-record";
import { type Judged, judgeAnswer } from "./envelope";
import type { GatewayFailure } from "./failures";
import type { Posted } from "./transport";
import { Sender } from "./wire/requests";

export type GatewaySettings = {
  readonly baseUrl: string | URL;
  readonly mchNo: string;
  readonly appId: string;
  /** Signs every request and verifies answers. */
  readonly secret: Secret;
  /** Verify answers too, and sign nothing. */
  readonly alsoVerifying?: readonly Secret[];
  readonly encoding?: RequestEncoding;
  /** From the first byte to the last one of the answer. 30 s when left out. */
  readonly timeoutMs?: number;
  /** Counted after decompression. 1 MiB when left out. */
  readonly maxAnswerBytes?: number;
  readonly now?: () => Date;
};

/** Checked settings, with what was left out filled in. */
export type Caller = {
  readonly baseUrl: URL;
  readonly sender: Sender;
  readonly secret: Secret;
  readonly alsoVerifying: readonly Secret[];
  readonly encoding: RequestEncoding;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly now: () => Date;
};

/** @throws RangeError for settings that `checkBaseUrl` or the protocol refuses, and for an empty secret */
export function callerFrom(settings: GatewaySettings): Caller {
  const baseUrl = checkBaseUrl(String(settings.baseUrl));
  if (!baseUrl.ok) throw new RangeError(baseUrl.error);
  const sender = Sender.safeParse({ mchNo: settings.mchNo, appId: settings.appId });
  if (!sender.success) throw new RangeError("The merchant number or the application id is not one of the protocol.");
  if (settings.secret.reveal() === "") throw new RangeError("A message cannot be signed with an empty secret.");
  return {
    baseUrl: baseUrl.value,
    sender: sender.data,
    secret: settings.secret,
    alsoVerifying: settings.alsoVerifying ?? [],
    encoding: settings.encoding ?? "json",
    timeoutMs: settings.timeoutMs ?? 30_000,
    maxAnswerBytes: settings.maxAnswerBytes ?? 1_048_576,
    now: settings.now ?? (() => new Date()),
  };
}

/** What came of a POST, judged with the secret of who asked. */
export function judge(posted: Posted, caller: Caller): Judged {
  switch (posted.outcome) {
    case "answered":
      return judgeAnswer(posted.answer, [caller.secret, ...caller.alsoVerifying]);
    case "too-large":
      return withoutAnswer({ kind: "too-large", next: "ask", limitBytes: caller.maxAnswerBytes });
    case "timed-out":
      return withoutAnswer({ kind: "timed-out", next: "ask", afterMs: caller.timeoutMs });
    case "broken":
      return withoutAnswer(
        posted.wasSent
          ? { kind: "interrupted", next: "ask", reason: posted.reason }
          : { kind: "unreachable", next: "retry", reason: posted.reason },
      );
  }
}

function withoutAnswer(failure: GatewayFailure): Judged {
  return { verification: "none", verifiedBy: null, code: null, msg: null, data: err(failure) };
}

/** A gateway may repeat in its words what it was sent. */
export function withMaskedText(failure: GatewayFailure, mask: (text: string) => string): GatewayFailure {
  return "message" in failure ? { ...failure, message: mask(failure.message) } : failure;
}
