import { err, ok, type Result } from "@/lib/domain/result";
import { readForm } from "./fields";
import { inHashTableOrder } from "./java-hash-table";
import { javaText } from "./java-text";
import { readJsonObject, UnreadableFields } from "./json-reader";
import { type GatewayEndpoint, type MemberType, typedEndpoints } from "./typed-endpoints";
import { readTypedNumber } from "./typed-number";
import { WireFields, type WireMember, type WireValue } from "./wire-fields";

export { type GatewayEndpoint, gatewayEndpoints, isGatewayEndpoint } from "./typed-endpoints";

/** A request as it reached the gateway; `query` is the part of the address behind `?`. */
export type ReceivedRequest = {
  readonly method?: string;
  readonly contentType: string | null;
  readonly query?: string;
  readonly body: string;
};

/** What became of one member of a request. `boundTo` is the gateway's own name for it, `readText` what it signs. */
export type MemberReading = {
  readonly sentName: string;
  readonly boundTo: string | null;
  readonly sentText: string;
  readonly readText: string | null;
  readonly note: string;
};

type TypedReading = {
  readonly endpoint: GatewayEndpoint;
  /** The map that the gateway signs: its own names, numbers as it read them. Includes the `sign` that was sent. */
  readonly fields: WireFields;
  readonly members: readonly MemberReading[];
};

/** Why the gateway refuses a request before it looks at the signature. */
export type ReadingRefusal = {
  readonly kind: "unreadable-body" | "unreadable-member";
  readonly reason: string;
  readonly members: readonly MemberReading[];
};

/**
 * What a gateway of this family makes of a request: it does not sign what arrived, it binds that to a typed object
 * and signs the object. So unknown members vanish, loosely spelled names become its own, and numbers are read first.
 *
 * Source: gateway-protocol 1.3 and 2.5; `RequestKitBean`, `ApiController` of the reference server; `vectors/gateway.json`.
 */
export function readTyped(endpoint: GatewayEndpoint, request: ReceivedRequest): Result<TypedReading, ReadingRefusal> {
  try {
    return bindMembers(endpoint, receivedMembers(request));
  } catch (error) {
    if (!(error instanceof UnreadableFields)) throw error;
    return err({ kind: "unreadable-body", reason: error.message, members: [] });
  }
}

/** Binds members that are already parsed, for instance from a pasted message. */
export function bindMembers(
  endpoint: GatewayEndpoint,
  members: readonly WireMember[],
): Result<TypedReading, ReadingRefusal> {
  const types: Readonly<Record<string, MemberType>> = typedEndpoints[endpoint];
  const nameByLooseName = new Map(Object.keys(types).map((name) => [looseName(name), name]));
  const bound = new Map<string, WireValue>();
  const readings: MemberReading[] = [];
  let refused: string | null = null;

  // The body is a hash table before it is an object, so among spellings of one name the last in that table wins.
  for (const { name: sentName, value } of inHashTableOrder(members)) {
    const boundTo = nameByLooseName.get(looseName(sentName)) ?? null;
    const sentText = value.kind === "null" ? "null" : javaText(value);
    if (boundTo === null) {
      readings.push({ sentName, boundTo, sentText, readText: null, note: unknownNote });
      continue;
    }
    const read = readAs(types[boundTo] ?? "text", value);
    if (!read.ok) {
      refused ??= `${sentName} ${read.error}`;
      readings.push({
        sentName,
        boundTo,
        sentText,
        readText: null,
        note: `The gateway refuses the request: it ${read.error}.`,
      });
      continue;
    }
    if (read.value !== null) bound.set(boundTo, read.value);
    const readText = read.value === null || javaText(read.value) === "" ? null : javaText(read.value);
    readings.push({ sentName, boundTo, sentText, readText, note: noteOf({ sentName, boundTo, sentText, readText }) });
  }

  const sentNames = [...new Set(members.map(({ name }) => name))];
  const inArrivalOrder = sentNames.flatMap((name) => readings.find(({ sentName }) => sentName === name) ?? []);
  if (refused !== null) return err({ kind: "unreadable-member", reason: refused, members: inArrivalOrder });
  const fields = new WireFields([...bound].map(([name, value]) => ({ name, value })));
  return ok({ endpoint, fields, members: inArrivalOrder });
}

function receivedMembers({ method = "POST", contentType, query = "", body }: ReceivedRequest): WireMember[] {
  const type = contentType?.toLowerCase() ?? "";
  if (type.includes("application/json") && method !== "GET") return body.trim() === "" ? [] : readJsonObject(body);
  const fromQuery = query === "" ? [] : readForm(query).members;
  const isForm = type.includes("application/x-www-form-urlencoded") && method !== "GET";
  const fromBody = isForm ? readForm(body).members : [];
  return withObjects([...fromQuery, ...fromBody]);
}

/** `name[member]=value` becomes an object; of a repeated name the last value counts. */
function withObjects(members: readonly WireMember[]): WireMember[] {
  const objects = new Map<string, WireMember[]>();
  const flat: WireMember[] = [];
  for (const { name, value } of members) {
    const start = name.indexOf("[");
    const end = name.indexOf("]");
    if (start === -1) flat.push({ name, value });
    else if (end < start) throw new UnreadableFields(`The name ${name} opens a bracket and does not close it`);
    else {
      const main = name.slice(0, start);
      objects.set(main, [...(objects.get(main) ?? []), { name: name.slice(start + 1, end), value }]);
    }
  }
  for (const { name } of flat) {
    if (objects.has(name)) throw new UnreadableFields(`The name ${name} comes both with and without brackets`);
  }
  const nested = [...objects].map(([name, inner]): WireMember => ({ name, value: { kind: "object", members: inner } }));
  return [...flat, ...nested];
}

function looseName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

function readAs(type: MemberType, value: WireValue): Result<WireValue | null, string> {
  if (value.kind === "null") return ok(null);
  if (type === "text") return ok({ kind: "text", text: javaText(value) });
  return readTypedNumber(type, value);
}

const unknownNote =
  "The gateway does not know this member and drops it before it checks the signature: do not sign it, better do not send it.";

function noteOf({
  sentName,
  boundTo,
  sentText,
  readText,
}: Omit<MemberReading, "note" | "boundTo"> & { boundTo: string }) {
  if (boundTo === "sign") return "The signature itself takes no part.";
  const notes: string[] = [];
  if (sentName !== boundTo) notes.push(`The gateway reads this as ${boundTo} and signs it under that name.`);
  if (readText === null) notes.push("Empty: it takes no part in the signature.");
  else if (readText !== sentText) notes.push(`The gateway reads ${sentText} as ${readText} and signs that.`);
  return notes.join(" ");
}
