import type { NotificationKind } from "@/lib/domain/verdict";
import type { Try } from "./expected-tries";
import type { Reach } from "./reach";

/** What a notification is about, and whether one was due. */
export type OrderFacts = {
  kind: NotificationKind;
  number: string;
  page: { to: "payment" | "refund"; id: string };
  /** Requested by this console; otherwise only the gateway knows what was sent with it. */
  isMadeHere: boolean;
  /** The address that was sent along, and the call that carried it. */
  notifyUrl: string | null;
  callId: string | null;
  /** The address we would send today. */
  ourUrl: string;
  reach: Reach;
  /** The gateway runs on this machine, as the sandbox of a demo does. */
  isGatewayHere: boolean;
  state: string;
  /** `tells`: the gateway notifies of this. `silent`: it ended in a way it never notifies of. `open`: not ended. */
  outcome: "tells" | "silent" | "open";
  /** When the first try was due, by the gateway's clock; null where none is. */
  dueAt: Date | null;
  now: Date;
  tries: readonly Try[];
  /** Something genuine that came to the same credential later. */
  laterMessage: { id: string; receivedAt: Date } | null;
};
