import type { NotificationKind } from "@/lib/domain/verdict";
import type { Repair } from "./repair-signature";

/** A field that a message and our order both have, with different values. */
export type Difference = { name: string; ours: string; theirs: string };

/** Everything the ladder of a message asks about, gathered once. */
export type MessageFacts = {
  /** Null for a pasted one. */
  notificationId: string | null;
  method: string;
  kind: NotificationKind;
  contentType: string | null;
  /** `not read`: refused before its end. `no longer kept`: the raw bytes are gone, its verdict is not. */
  style: "form" | "json" | "query" | "unreadable" | "not read" | "no longer kept";
  unreadableBecause: string | null;
  isEmpty: boolean;
  isSigned: boolean;
  verdict: string;
  /** What the message itself deserves; why it was not read, where it was refused. */
  authenticity: string;
  /** It would have moved a state alone, and its credential's rule wants our own question answered first. */
  isHeld: boolean;
  answered: { status: number; reply: string };
  /** Why its fields could be divided in another way, one sentence each. */
  ambiguities: readonly string[];
  /** Brought along by our notify address and taken out before verifying. */
  ownNames: readonly string[];
  /** Signed along, and in no published version of the protocol. */
  unknownNames: readonly string[];
  repair: Repair | null;
  keyVersion: number | null;
  credential: { id: string; label: string };
  order: { link: { to: "payment" | "refund"; id: string }; number: string; state: string } | null;
  orderNo: string | null;
  /** The gateway's number for the state, and what it is to us; both null where nothing was said. */
  told: { gatewayState: number | null; state: string | null; amount: number | null; writtenAt: Date | null };
  differences: readonly Difference[];
  effect: string | null;
  deliveries: number;
  /** Null for a pasted one. */
  firstAt: Date | null;
  lastAt: Date | null;
};

export function thing({ kind }: Pick<MessageFacts, "kind">): "order" | "refund" {
  return kind === "refund" ? "refund" : "order";
}

export function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
