import { z } from "zod";
import type { CallDetails } from "@/db/queries/call-page";
import { numberNames } from "@/lib/snippets/snippet-of-message";

/** A stored message as a person would paste it. */
export type StoredCase = { text: string; note: string | null };

/** A notification as it came: its body, or the query string of one without a body. */
export function caseOfNotification({ query, body }: { query: string; body: Uint8Array }): StoredCase {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  const isUtf8 = !text.includes("\uFFFD");
  const note = isUtf8
    ? null
    : "Some of its bytes are no UTF-8 and stand here as �, so its signature cannot be recomputed.";
  return { text: text.trim() === "" ? query : text, note };
}

export const CallPart = z.enum(["request", "answer"]);
export type CallPart = z.infer<typeof CallPart>;

/** Both halves of a call as they were kept: masked. `null` where there is nothing. */
export function caseOfCall(call: CallDetails, part: CallPart): StoredCase | null {
  if (part === "answer")
    return call.answerText === null ? null : { text: call.answerText, note: noteOn(call.answerText) };
  if (Object.keys(call.requestFields).length === 0 && call.sentBody === null) return null;
  const isJson = call.encoding === "json";
  const { host, pathname } = new URL(call.url);
  const text = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    `Content-Type: ${isJson ? "application/json" : "application/x-www-form-urlencoded"}`,
    "",
    call.sentBody ?? bodyOf(call),
  ].join("\n");
  return { text, note: call.composedBy && call.sentBody === null ? notKept : noteOn(text) };
}

function bodyOf({ requestFields, sentSign, encoding }: CallDetails): string {
  const fields = sentSign === "" ? requestFields : { ...requestFields, sign: sentSign };
  if (encoding === "form") return new URLSearchParams(fields).toString();
  const members = Object.entries(fields).map(([name, value]) => `  ${JSON.stringify(name)}: ${asSent(name, value)}`);
  return `{\n${members.join(",\n")}\n}`;
}

/** Fields are kept as text; what the protocol counts with left us as a number. */
function asSent(name: string, value: string): string {
  return numberNames.has(name) && /^(?:0|[1-9][0-9]{0,14})$/.test(value) ? value : JSON.stringify(value);
}

const notKept =
  "Its signature is not kept: it was made with a production key for a request that somebody wrote by hand.";

/** The half in which something is the matter with the signature. */
export function partInQuestion({ verification }: Pick<CallDetails, "verification">): CallPart {
  return verification === "invalid" || verification === "missing" ? "answer" : "request";
}

function noteOn(text: string): string | null {
  return /\*{4}/.test(text)
    ? "Card numbers and payment codes are masked in what we keep, so this signature cannot be recomputed from here."
    : null;
}
