import { bindMembers, type MemberReading, type ReadingRefusal, readTyped } from "@/lib/gateway/typed-reading";
import type { WireMember } from "@/lib/gateway/wire-fields";
import type { Message } from "./message";

/** What a gateway signs of a request, after it has read it. */
export type GatewayReading = {
  /** The members that it signs; `null` when it refuses the request before it looks at the signature. */
  readonly signedMembers: readonly WireMember[] | null;
  readonly readings: readonly MemberReading[];
  readonly refusal: ReadingRefusal | null;
};

/** `null` for everything but a request whose endpoint is known or can be told. */
export function gatewayReadingOf({ text, fields, endpoint }: Message): GatewayReading | null {
  if (endpoint === null) return null;
  const isJson = /^[\s\uFEFF]*\{/.test(text);
  const reading = isJson
    ? bindMembers(endpoint, fields.members)
    : readTyped(endpoint, { contentType: "application/x-www-form-urlencoded", body: text });
  if (!reading.ok) return { signedMembers: null, readings: reading.error.members, refusal: reading.error };
  return { signedMembers: reading.value.fields.members, readings: reading.value.members, refusal: null };
}

/** Why the gateway computes another digest than one over the fields as they were sent. */
export type ReadingSlip = {
  readonly label: string;
  readonly what: string;
  readonly fix: string;
  readonly entry: string;
};

export function readingSlips({ readings, refusal }: GatewayReading): ReadingSlip[] {
  const slips = readings.flatMap((reading) => slipOf(reading) ?? []);
  if (slips.length > 0 || refusal === null) return slips;
  return [
    {
      ...{ label: "unreadable_request", entry: "SIG-15" },
      what: `The gateway refuses this request before it looks at the signature: ${refusal.reason}.`,
      fix: "Send values of the kind that the protocol asks for.",
    },
  ];
}

function slipOf({ sentName, boundTo, sentText, readText, note }: MemberReading): ReadingSlip | null {
  if (sentName === "sign" || boundTo === "sign") return null;
  if (boundTo === null) {
    if (sentText === "" || sentText === "null") return null;
    return {
      ...{ label: `unknown_field_signed:${sentName}`, entry: "SIG-14" },
      what: `${sentName} was signed, but the gateway does not know it and drops it before it checks the signature.`,
      fix: `Do not sign ${sentName}; better do not send it.`,
    };
  }
  if (note.startsWith("The gateway refuses")) {
    return {
      ...{ label: `unreadable_number:${sentName}`, entry: "SIG-15" },
      what: `${sentName} is "${sentText}". ${note}`,
      fix: `Send ${boundTo} as a whole number.`,
    };
  }
  if (sentName !== boundTo) {
    return {
      ...{ label: `name_not_canonical:${sentName}`, entry: "SIG-14" },
      what: `${sentName} was signed under that name, but the gateway reads it as ${boundTo} and signs it so.`,
      fix: `Send and sign the name ${boundTo}.`,
    };
  }
  const isSame = readText === sentText || (readText === null && (sentText === "" || sentText === "null"));
  if (isSame) return null;
  return {
    ...{ label: `number_not_plain:${sentName}`, entry: "SIG-15" },
    what: `${sentName} was signed as "${sentText}", but the gateway reads it as ${readText ?? "nothing"} and signs that.`,
    fix: `Send ${sentName} as a plain whole number, and sign the same digits.`,
  };
}
