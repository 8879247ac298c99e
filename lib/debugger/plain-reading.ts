import type { SkippedField } from "@/lib/gateway/canonical-string";
import { skippedFields } from "@/lib/gateway/canonical-string";
import type { WireMember, WireValue } from "@/lib/gateway/fields";
import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { rightTextOf } from "./evidence";
import { type GatewayView, gatewayView } from "./gateway-view";
import { type HiddenPlace, hiddenPlaces } from "./hidden-characters";
import { writeJson } from "./json-style";
import { maskValue } from "./mask-value";
import { type MessageKind, readMessage } from "./message";
import { type Divisions, otherDivision } from "./other-division";
import { materialOf, type Piece, piecesOf, rightRecipe } from "./recipe";

export type ReadField = {
  readonly name: string;
  /** As it was sent, with card numbers masked. */
  readonly text: string;
  readonly kind: WireValue["kind"];
};

/** What can be said of a message without any secret. */
export type PlainReading = {
  readonly kind: MessageKind;
  readonly endpoint: GatewayEndpoint | null;
  /** In the order in which they came. */
  readonly fields: readonly ReadField[];
  readonly right: {
    readonly text: string;
    readonly pieces: readonly Piece[];
    readonly skipped: readonly SkippedField[];
  };
  /** `null` for what is no request. */
  readonly view: GatewayView | null;
  readonly divisions: Divisions | null;
  readonly hidden: readonly HiddenPlace[];
};

/** @throws UnreadableFields when the text is no message */
export function readPlainly(text: string, endpoint: GatewayEndpoint | null): PlainReading {
  const message = readMessage(text, endpoint);
  const { members } = message.fields;
  // The placeholder stands where the key would.
  const material = materialOf(members, "<key>");
  const pieces = piecesOf(rightRecipe, material).map((piece) => ({
    name: piece.name,
    text: maskValue(piece.name, piece.text),
  }));
  const place = message.endpoint === null ? {} : { endpoint: message.endpoint };
  return {
    kind: message.kind,
    endpoint: message.endpoint,
    fields: members.map(readField),
    right: { text: rightTextOf(material), pieces, skipped: skippedFields(message.fields) },
    view: message.kind === "request" ? gatewayView({ text, ...place }) : null,
    divisions: otherDivision(pieces),
    hidden: hiddenPlaces(pieces.map((piece) => [piece.name, piece.text])),
  };
}

function readField({ name, value }: WireMember): ReadField {
  return { name, text: maskValue(name, sentText(value)), kind: value.kind };
}

function sentText(value: WireValue): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "number":
      return value.literal;
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    default:
      return writeJson(value);
  }
}
