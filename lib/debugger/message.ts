import { readFields, WireFields } from "@/lib/gateway/fields";
import { type GatewayEndpoint, gatewayEndpoints, typedEndpoints } from "@/lib/gateway/typed-endpoints";
import { writeJson } from "./json-style";
import { answerNames } from "./known-names";

/** Who wrote a message: we (`request`), the gateway (`from-gateway`), or nobody can tell. */
export type MessageKind = "request" | "from-gateway" | "unknown";

export type Message = {
  readonly text: string;
  readonly kind: MessageKind;
  /** What the gateway signs or reads: everything, or the inside of `data` in an answer. */
  readonly fields: WireFields;
  /** The whole of an answer, whose `code`, `msg` and `sign` take no part; `null` for everything else. */
  readonly envelope: WireFields | null;
  /** Where a request was sent to, by its address or by its members. */
  readonly endpoint: GatewayEndpoint | null;
};

/**
 * Reads a text and tells what it is. Throws `UnreadableFields` for what is no message.
 *
 * Source: gateway-protocol 1.6 (an answer signs only its `data`).
 */
export function readMessage(text: string, endpoint: GatewayEndpoint | null = null): Message {
  const fields = readFields(text);
  const data = fields.get("data");
  if (fields.has("code") && data?.kind === "object") {
    return { text, kind: "from-gateway", fields: new WireFields(data.members), envelope: fields, endpoint: null };
  }
  const kind = endpoint === null ? kindOf(fields) : "request";
  const guessed = kind === "request" ? (endpoint ?? guessEndpoint(fields)) : null;
  return { text, kind, fields, envelope: null, endpoint: guessed };
}

/**
 * A message of the gateway has a state, a time of its own or something to pay with; a request has what every request
 * has. Names count as the gateway reads them, without case, dashes and underscores.
 */
function kindOf(fields: WireFields): MessageKind {
  const marks = fields.names.filter((name) => answerNames.has(name)).length;
  if (marks > 1 || (marks === 1 && !fields.has("signType"))) return "from-gateway";
  const present = new Set(fields.names.map(looseName));
  const envelope = ["mchno", "appid", "reqtime", "version", "signtype"].filter((name) => present.has(name));
  if (envelope.length >= 2 && (present.has("mchno") || present.has("appid"))) return "request";
  return "unknown";
}

/**
 * The endpoint that a request was most likely meant for: the one that knows most of its members, and among equals the
 * one that asks for the least beyond them. `null` where none knows any.
 */
export function guessEndpoint(fields: WireFields): GatewayEndpoint | null {
  const present = new Set(fields.names.map(looseName));
  const rated = gatewayEndpoints.map((endpoint) => {
    const names = Object.keys(typedEndpoints[endpoint]).map(looseName);
    return { endpoint, known: names.filter((name) => present.has(name)).length, size: names.length };
  });
  const [best] = rated.sort((left, right) => right.known - left.known || left.size - right.size);
  return best && best.known > 0 ? best.endpoint : null;
}

function looseName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** The message as compact JSON without its sign, where it came as JSON: what a client may have hashed instead of its fields. */
export function compactBody({ text, envelope, fields }: Message): string | null {
  if (!/^\s*\{/.test(text)) return null;
  return writeJson({ kind: "object", members: (envelope ?? fields).without(["sign"]).members });
}
