import type { TimelineItem } from "@/components/timeline/timeline";
import type { TimelineRow } from "@/db/queries/payment-timeline";
import { formatMoney } from "@/lib/domain/money";
import { refundReasonLabel } from "@/lib/domain/refund-reasons";

export type Sentence = Omit<TimelineItem, "id" | "at" | "links">;

/** What a person, or a machine for them, did here. */
export function actSentence(row: TimelineRow, currency: string): Sentence {
  const isPerson = row.personName !== null;
  const who = <b className="font-strong">{row.personName ?? machineName(row.actor)}</b>;
  const sum = formatMoney(Number(row.details["amount"] ?? 0), textOf(row, "currency") || currency);
  const lane = isPerson ? "person-to-us" : "note";
  switch (textOf(row, "act")) {
    case "create":
      if (row.details["isHold"] === true) {
        return {
          lane,
          title: (
            <>
              {who} asked for {sum} to be held
            </>
          ),
          detail: "Stored here before the gateway heard of it. A hold is no payment.",
        };
      }
      return { lane, title: <>{who} created the payment</>, detail: "Stored here before the gateway heard of it." };
    case "refund": {
      const reason = refundReasonLabel(textOf(row, "reason"));
      return {
        lane,
        title: (
          <>
            {who} started a refund of {sum}: {reason.charAt(0).toLowerCase() + reason.slice(1)}
          </>
        ),
        detail: (
          <>
            <NoteOf row={row} />
            Number <span className="mono">{textOf(row, "number")}</span> was stored before sending.
          </>
        ),
      };
    }
    case "request-refund":
      return {
        lane,
        title: (
          <>
            {who} asked for approval to refund {sum}
          </>
        ),
        detail: (
          <>
            {[refundReasonLabel(textOf(row, "reason")), textOf(row, "note")].filter((part) => part !== "").join(". ")}.
            It is above the own limit, so nothing was sent. Number <span className="mono">{textOf(row, "number")}</span>
            .
          </>
        ),
      };
    case "edited-refund":
      return {
        lane,
        title: (
          <>
            {who} changed the asked-for refund to {sum}
          </>
        ),
        detail: "Whoever looked at it before has to look again.",
      };
    case "approved-refund":
    case "declined-refund":
    case "withdrawn-refund":
      return {
        lane,
        title: (
          <>
            {who} {decisions[textOf(row, "act")]} the refund of {sum}
          </>
        ),
        detail: textOf(row, "note") === "" ? null : textOf(row, "note"),
      };
    case "complete-hold":
    case "release-hold":
      return {
        lane,
        title: (
          <>
            {who} asked to {textOf(row, "act") === "complete-hold" ? "complete the hold with" : "release the hold of"}{" "}
            {sum}
          </>
        ),
        detail: (
          <>
            Number <span className="mono">{textOf(row, "number")}</span> was stored before sending.
          </>
        ),
      };
    case "cancel":
      return { lane, title: <>{who} asked to cancel the payment</> };
    case "close":
      return { lane, title: <>{who} asked to close the order</> };
    case "ask":
      return {
        lane,
        title: (
          <>
            {who} asked the gateway{row.mchRefundNo ? " about the refund" : ""}
          </>
        ),
      };
    case "promote-secret":
      return {
        lane,
        title: (
          <>
            The gateway refused key {textOf(row, "before")} and took key {textOf(row, "version")}
          </>
        ),
        detail: "The same request was sent again under the new key, which signs from now on.",
      };
    case "settle":
      return {
        lane,
        title: <>{who} looked at it</>,
        detail: (
          <>
            {settledWords[textOf(row, "attention")] ?? null}
            <NoteOf row={row} />
          </>
        ),
      };
    case "adopt":
      return {
        lane,
        title: (
          <>
            {who} took the {row.refundId ? "refund" : "order"} over from the gateway
          </>
        ),
      };
    default:
      return {
        lane,
        title: (
          <>
            {who} did: {textOf(row, "act")}
          </>
        ),
      };
  }
}

/** What the person wrote about it. */
function NoteOf({ row }: { row: TimelineRow }) {
  const note = textOf(row, "note");
  if (note === "") return null;
  return <span className="mt-1 mb-1.5 block rounded-2 bg-sunk px-3 py-2 text-ink">{note}</span>;
}

/** What had been loud until then. */
const settledWords: Record<string, string> = {
  "paid-after-close": "It had been paid after its close.",
  "paid-after-decline": "It had been paid after a decline.",
  "refunded-elsewhere": "Money had gone back outside this console.",
  "completed-elsewhere": "The hold had been completed outside this console.",
  contradiction: "The gateway had contradicted itself.",
  "wrong-content": "A message had carried other numbers.",
  "succeeded-after-failure": "The refund had gone through after it had been called failed.",
  forgotten: "The gateway had no longer known the refund.",
};

const decisions: Record<string, string> = {
  "approved-refund": "approved",
  "declined-refund": "declined",
  "withdrawn-refund": "took back",
};

function machineName(actor: string): string {
  if (actor === "worker") return "The worker";
  if (actor === "script") return "A command on the server";
  return actor === "gateway" ? "The gateway" : "Somebody";
}

/** A fact of an entry, empty where it has none of that name. */
export function textOf(row: TimelineRow, name: string): string {
  const value = row.details[name];
  return value === null || value === undefined ? "" : String(value);
}
