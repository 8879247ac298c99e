import { err, ok, type Result } from "@/lib/domain/result";
import type { Secret } from "@/lib/domain/secret";
import type { GatewayFailure, UnreadableReason } from "./failures";
import { decodeUtf8, readFields, UnreadableFields, WireFields, type WireMember, type WireValue } from "./fields";
import { explainMessage, explainStrangeAnswer, isCertainRefusal } from "./messages";
import { verifyDetached } from "./signature";
import type { HttpAnswer } from "./transport";

/**
 * What became of an answer's signature. `not-signed`: an error or an answer without data, where the protocol has no
 * signature. `none`: no answer was there to be read.
 */
export type Verification = "valid" | "invalid" | "missing" | "not-signed" | "none";

/** `code` and `msg` as far as they could be read, also when `data` may not be believed. */
export type Judged = {
  readonly verification: Verification;
  /** The place of the secret that made a valid signature, among those that were tried; null without one. */
  readonly verifiedBy: number | null;
  readonly code: string | null;
  readonly msg: string | null;
  /** The signed fields of `data`, or why there are none to believe. */
  readonly data: Result<WireFields, GatewayFailure>;
};

/**
 * Judges a complete HTTP answer: status, shape, code and the signature over `data`, as strictly as a notification. Any of
 * the secrets may have made it: a gateway that changes its key while it works signs the answer with the next one.
 *
 * Source: gateway-protocol 1.6.
 */
export function judgeAnswer(answer: HttpAnswer, secrets: readonly Secret[]): Judged {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    return unproven({ kind: "redirected", next: "ask", status, location: answer.location });
  }
  if (status !== 200) return unproven({ kind: "http-error", next: "ask", status, ...likenessOf(answer) });
  const envelope = readEnvelope(answer);
  if (!envelope.ok) return unproven({ ...envelope.error, ...likenessOf(answer) });
  const code = codeOf(envelope.value);
  const msg = envelope.value.textOf("msg");
  if (code === null) return unproven(unreadable(status, "no-code", "it has no readable code."), null, msg);
  if (code !== "0") return notValid("not-signed", { code, msg, failure: errorAnswer(code, msg ?? "") });
  return judgeData(envelope.value, status, secrets, msg);
}

function judgeData(envelope: WireFields, status: number, secrets: readonly Secret[], msg: string | null): Judged {
  const data = envelope.get("data");
  const code = "0";
  if (data === undefined || data.kind === "null") {
    const failure = unreadable(status, "no-data", "it reports success without data.");
    return notValid("not-signed", { code, msg, failure });
  }
  if (data.kind !== "object") {
    return unproven(unreadable(status, "data-not-an-object", "its data is not an object."), code, msg);
  }
  const fields = new WireFields(data.members);
  const given = envelope.get("sign");
  if (given === undefined || given.kind === "null" || (given.kind === "text" && given.text === "")) {
    const failure = { kind: "bad-signature", next: "ask", signature: "missing" } as const;
    return notValid("missing", { code, msg, failure });
  }
  // A member of data that is called `sign` takes no part, as everywhere; the one of the envelope is what counts.
  const text = given.kind === "text" ? given.text : null;
  const verifiedBy = secrets.findIndex((secret) => verifyDetached(fields, text, secret));
  if (verifiedBy < 0) {
    const failure = { kind: "bad-signature", next: "ask", signature: "invalid" } as const;
    return notValid("invalid", { code, msg, failure });
  }
  return { verification: "valid", verifiedBy, code, msg, data: ok(fields) };
}

type Without = { code: string | null; msg: string | null; failure: GatewayFailure };

function notValid(verification: Exclude<Verification, "valid">, { code, msg, failure }: Without): Judged {
  return { verification, verifiedBy: null, code, msg, data: err(failure) };
}

function likenessOf({ status, bytes }: HttpAnswer): { looksLike?: string } {
  const explanation = explainStrangeAnswer(status, decodeUtf8(bytes));
  return explanation === null ? {} : { looksLike: explanation.english };
}

type Unreadable = GatewayFailure & { kind: "unreadable" };

function readEnvelope({ bytes, status }: HttpAnswer): Result<WireFields, Unreadable> {
  const text = decodeUtf8(bytes);
  if (text === null) return err(unreadable(status, "not-utf8", "it is not UTF-8 text."));
  const start = text.trimStart();
  if (start === "") return err(unreadable(status, "empty-body", "it is empty."));
  if (start.startsWith("<")) return err(unreadable(status, "markup", "it is XML or HTML instead of JSON."));
  if (!start.startsWith("{")) return err(unreadable(status, "not-json", "it is not a JSON object."));
  try {
    const envelope = readFields(text);
    const repeated = repeatedName(envelope.members);
    if (repeated !== null) {
      return err(unreadable(status, "repeated-names", `the name ${JSON.stringify(repeated)} stands in it twice.`));
    }
    return ok(envelope);
  } catch (cause) {
    if (!(cause instanceof UnreadableFields)) throw cause;
    return err(unreadable(status, "not-json", `${cause.message}.`));
  }
}

/** A name that two members of one object share, at any depth: readers would disagree about which one counts. */
function repeatedName(members: readonly WireMember[]): string | null {
  const [repeated] = new WireFields(members).duplicateNames;
  if (repeated !== undefined) return repeated;
  return firstFound(members.map(({ value }) => value));
}

function firstFound(values: readonly WireValue[]): string | null {
  for (const value of values) {
    const inside = value.kind === "object" ? repeatedName(value.members) : null;
    const found = inside ?? (value.kind === "list" ? firstFound(value.items) : null);
    if (found !== null) return found;
  }
  return null;
}

function codeOf(envelope: WireFields): string | null {
  const text = envelope.textOf("code");
  return text !== null && /^-?[0-9]{1,9}$/.test(text) ? String(Number(text)) : null;
}

function errorAnswer(code: string, message: string): GatewayFailure {
  const explanation = explainMessage(message);
  if (explanation?.class === "duplicate") return { kind: "duplicate", next: "ask", code, message };
  if (explanation !== null && isCertainRefusal(code, explanation)) {
    return { kind: "refused", next: "stop", code, message, class: explanation.class };
  }
  return { kind: "gateway-fault", next: "ask", code, message };
}

function unreadable(status: number, reason: UnreadableReason, detail: string): Unreadable {
  return { kind: "unreadable", next: "ask", status, reason, detail };
}

function unproven(failure: GatewayFailure, code: string | null = null, msg: string | null = null): Judged {
  return notValid("none", { code, msg, failure });
}
