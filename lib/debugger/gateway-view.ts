import { decimalsOf, formatMoney } from "@/lib/domain/money";
import { canonicalString } from "@/lib/gateway/canonical-string";
import { readFields, type WireFields } from "@/lib/gateway/fields";
import { maskText } from "@/lib/gateway/masking";
import { typedEndpoints } from "@/lib/gateway/typed-endpoints";
import { type GatewayEndpoint, type MemberReading, type ReceivedRequest, readTyped } from "@/lib/gateway/typed-reading";
import { amountNames } from "./known-names";
import { maskValue } from "./mask-value";
import { guessEndpoint } from "./message";

/** A request as it was sent. `contentType` is told by the body when left out, `endpoint` by the members. */
export type SentRequest = {
  readonly text: string;
  readonly endpoint?: GatewayEndpoint;
  readonly contentType?: string;
  readonly method?: string;
  readonly query?: string;
};

export type ViewedMember = MemberReading & {
  /** What the reading means, for people: `HK$ 88.00`, `5 minutes`. `null` where the text says it all. */
  readonly meaning: string | null;
  readonly warnings: readonly string[];
};

export type GatewayView = {
  readonly endpoint: GatewayEndpoint;
  /** Told by the members, not by an address. */
  readonly isGuessed: boolean;
  readonly members: readonly ViewedMember[];
  /** The text that the gateway hashes, with `<key>` for the secret and card numbers masked; `null` when it refuses. */
  readonly signedText: string | null;
  /** Why the gateway refuses the request before it looks at the signature. */
  readonly refusal: string | null;
  /** Everything to worry about, first what changes the sum. */
  readonly warnings: readonly string[];
};

/**
 * What the gateway makes of a request, beside what was sent.
 *
 * @returns `null` when nothing tells the endpoint
 * @throws UnreadableFields when the text is no message
 * Source: gateway-protocol 2.5 and 1.3; `vectors/gateway.json`.
 */
export function gatewayView({ text, endpoint: given, contentType, method, query }: SentRequest): GatewayView | null {
  const endpoint = given ?? guessEndpoint(readSent(text, query));
  if (endpoint === null) return null;
  const request: ReceivedRequest = {
    body: text,
    contentType: contentType ?? (isJson(text) ? "application/json" : "application/x-www-form-urlencoded"),
    ...(method === undefined ? {} : { method }),
    ...(query === undefined ? {} : { query }),
  };
  const reading = readTyped(endpoint, request);
  const fields = reading.ok ? reading.value.fields : null;
  const readings = reading.ok ? reading.value.members : reading.error.members;
  const currency = fields?.textOf("currency") ?? "HKD";
  const members = readings.map((member) => viewed(member, currency));
  const refusal = reading.ok ? null : reading.error.reason;
  return {
    endpoint,
    isGuessed: given === undefined,
    members,
    signedText: fields && `${maskText(canonicalString(fields))}key=<key>`,
    refusal,
    warnings: [
      ...(refusal === null ? [] : [`The gateway refuses this request before it looks at the signature: ${refusal}.`]),
      ...members.flatMap(({ warnings }) => warnings),
      ...(fields ? missingOnes(endpoint, fields) : []),
    ],
  };
}

function readSent(text: string, query = ""): WireFields {
  const inBody = readFields(text);
  return inBody.members.length > 0 ? inBody : readFields(query);
}

function isJson(text: string): boolean {
  return /^[\s\uFEFF]*\{/.test(text);
}

function viewed(member: MemberReading, currency: string): ViewedMember {
  const { boundTo, readText, sentText, note } = member;
  const hidden = {
    ...member,
    sentText: maskValue(member.sentName, sentText),
    readText: readText && maskValue(member.sentName, readText),
  };
  const isSum = boundTo !== null && amountNames.has(boundTo);
  return {
    ...hidden,
    meaning: meaningOf(member, currency),
    warnings: [
      ...(isSum ? sumWarnings(member, currency) : []),
      ...(boundTo === null && sentText !== "" && sentText !== "null"
        ? [`${member.sentName} is dropped: the gateway does not know it. If it was signed, the signature fails.`]
        : []),
      ...(boundTo !== null && boundTo !== member.sentName
        ? [`${member.sentName} is read as ${boundTo} and signed under that name.`]
        : []),
      ...(isSum || boundTo === null || readText === null || readText === sentText
        ? []
        : [`"${hidden.sentText}" is read as ${hidden.readText ?? "nothing"} in ${boundTo}.`]),
      ...(boundTo === "expiredTime" && readText !== null ? expiryWarnings(readText) : []),
      ...(note.startsWith("The gateway refuses") ? [`${member.sentName}: ${note}`] : []),
    ],
  };
}

function meaningOf({ boundTo, readText }: MemberReading, currency: string): string | null {
  if (boundTo === null || readText === null) return null;
  if (amountNames.has(boundTo)) return moneyOf(readText, currency);
  if (boundTo === "expiredTime") return durationOf(Number(readText));
  if (boundTo === "reqTime" && /^[0-9]{13}$/.test(readText)) return new Date(Number(readText)).toISOString();
  return null;
}

function sumWarnings({ sentText, readText }: MemberReading, currency: string): string[] {
  if (readText === null || readText === sentText) return [];
  const charged = Number(readText) === 1 && decimalsOf(currency) === 2 ? "one cent" : moneyOf(readText, currency);
  const whole = /^\s*([0-9][0-9,]*)\.([0-9]{1,2})\s*$/.exec(sentText);
  if (!whole) return [`"${sentText}" is charged as ${charged}.`];
  const meant = `${(whole[1] ?? "").replaceAll(",", "")}${(whole[2] ?? "").padEnd(decimalsOf(currency), "0")}`;
  return [
    `"${sentText}" is charged as ${charged}. Sums are whole cents: for ${currency} ${whole[0].trim()} send ${meant.replace(/^0+(?=.)/, "")}.`,
  ];
}

function moneyOf(minorUnits: string, currency: string): string {
  const amount = Number(minorUnits);
  return Number.isSafeInteger(amount)
    ? formatMoney(amount, currency.toUpperCase())
    : `${minorUnits} in the smallest unit`;
}

// Merchants use 180 and 1800 seconds; a value beyond a day is one in milliseconds. Source: gateway-protocol REQ-10.
const longestUsualExpirySeconds = 86_400;

function expiryWarnings(readText: string): string[] {
  const seconds = Number(readText);
  if (seconds > longestUsualExpirySeconds)
    return [`expiredTime counts seconds: ${readText} is ${durationOf(seconds)}.`];
  return seconds > 0 && seconds < 60
    ? [`expiredTime counts seconds: the order expires after ${durationOf(seconds)}.`]
    : [];
}

function durationOf(seconds: number): string {
  const [size, unit] =
    seconds >= 172_800
      ? [86_400, "day"]
      : seconds >= 7_200
        ? [3_600, "hour"]
        : seconds >= 120
          ? [60, "minute"]
          : [1, "second"];
  const count = Math.round(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const requiredByAll = ["mchNo", "appId", "reqTime", "version", "signType", "sign"];

/** Fields without which the gateway refuses every request, checked before the signature. Source: gateway-protocol 1.5. */
function missingOnes(endpoint: GatewayEndpoint, fields: WireFields): string[] {
  const types: Readonly<Record<string, unknown>> = typedEndpoints[endpoint];
  const missing = requiredByAll.filter((name) => name in types && (fields.textOf(name) ?? "") === "");
  return missing.length === 0 ? [] : [`The gateway asks for ${missing.join(", ")} and finds nothing there.`];
}
