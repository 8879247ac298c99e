import type { ReactNode } from "react";
import { paymentStateWord } from "@/components/states/payment-state-label";
import { refundStateWord } from "@/components/states/refund-state-label";
import { verdictWord } from "@/components/states/verdict-label";
import type { TimelineItem } from "@/components/timeline/timeline";
import { formatDuration } from "@/components/ui/time-format";
import type { TimelineRow } from "@/db/queries/payment-timeline";
import type { Environment } from "@/lib/domain/environment";
import { RefundRequestId } from "@/lib/domain/ids";
import { formatMoney } from "@/lib/domain/money";
import { actSentence, type Sentence, textOf as text } from "./timeline-acts";
import { agreed, operationPaths, outcomeWords, provenText, questions, unanswered, unproven } from "./timeline-words";

/** Who a timeline entry is about, where its evidence lies, and how the gateway's words are said in English. */
type TimelineContext = {
  environment: Environment;
  currency: string;
  translate: (message: string) => string | null;
};

/**
 * The entries of a payment as sentences in the past tense, each with its lane, its proof and its evidence. A question
 * that was answered is told by its answer alone: there are many of them, and one leads to the other's evidence.
 */
export function timelineItems(rows: readonly TimelineRow[], context: TimelineContext): TimelineItem[] {
  const answered = new Set(rows.filter(({ kind }) => kind === "answer").map(({ callId }) => callId));
  const isTold = (row: TimelineRow) =>
    row.kind === "call" && questions.has(text(row, "operation")) && answered.has(row.callId);
  return rows
    .filter((row) => !isTold(row) || unanswered.has(row.callOutcome ?? ""))
    .map((row) => ({
      id: row.id,
      at: row.at,
      links: linksOf(row, context.environment),
      ...sentenceOf(row, context),
    }));
}

/** The last change that a message of the gateway proved, and where that message is kept. */
export function lastProof(rows: readonly TimelineRow[], environment: Environment): { at: Date; href: string } | null {
  const proven = rows.filter((row) => row.kind === "change" && text(row, "by") !== "us");
  const last = proven.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
  const href = last && linksOf(last, environment)[0]?.href;
  return last && href ? { at: last.at, href } : null;
}

function sentenceOf(row: TimelineRow, context: TimelineContext): Sentence {
  switch (row.kind) {
    case "act":
      return actSentence(row, context.currency);
    case "call":
      return {
        lane: "us-to-gateway",
        lost: unanswered.has(row.callOutcome ?? ""),
        title: <>Call {operation(row)}</>,
        detail: row.secretVersion === null ? null : `Signed with key version ${row.secretVersion}.`,
      };
    case "answer":
      return answerSentence(row, context);
    case "notification":
      return notificationSentence(row);
    case "change":
      return changeSentence(row, context);
    case "conflict":
      return {
        lane: "state",
        tone: "unclear",
        title: "The gateway contradicted what was proven",
        detail: `It said: ${inMoney(text(row, "said"))}. Proven before: ${inMoney(text(row, "known"))}. Nothing was changed.`,
      };
  }
}

/** Evidence keeps sums in minor units, `4000 HKD`; a reader would take that for a hundred times as much. */
function inMoney(evidence: string): string {
  return evidence.replace(/\b(\d+) ([A-Z]{3})\b/g, (_, amount, currency) => formatMoney(Number(amount), currency));
}

function answerSentence(row: TimelineRow, { translate }: TimelineContext): Sentence {
  const outcome = text(row, "outcome");
  const msg = text(row, "msg");
  const took = formatDuration(Number(row.details["durationMs"] ?? row.callDurationMs ?? 0));
  if (unanswered.has(outcome)) {
    return {
      lane: "note",
      tone: "unclear",
      title: outcome === "unreachable" ? "The gateway could not be reached" : <>No answer to {operation(row)}</>,
      detail: withoutAnswer({ outcome, took, isQuestion: questions.has(text(row, "operation")) }),
    };
  }
  const isProven = text(row, "verification") === "valid";
  const code = text(row, "code");
  const english = msg === "" || msg === "SUCCESS" ? null : translate(msg);
  const words = english ?? outcomeWords[outcome] ?? agreed[text(row, "operation")] ?? "";
  return {
    lane: "gateway-to-us",
    ...(outcome === "ok" ? {} : { tone: "unclear" as const }),
    title: (
      <>
        Answer: {code === "" ? null : <span className="mono">code={code}</span>}
        {code === "" || words === "" ? "" : ", "}
        {words}
      </>
    ),
    proof: isProven ? "proof" : "claim",
    proofLabel: isProven ? "signature valid" : (unproven[text(row, "verification")] ?? "proves nothing"),
    detail: (
      <>
        {operation(row)}, {took}.{" "}
        {msg === "" || msg === "SUCCESS" ? null : <span className="mono break-words">{msg}</span>}
      </>
    ),
  };
}

type Unanswered = { outcome: string; took: string; isQuestion: boolean };

/** A question changes nothing at the gateway, whether or not it arrived. */
function withoutAnswer({ outcome, took, isQuestion }: Unanswered): string {
  if (outcome === "unreachable") return "Nothing was sent.";
  const ended = outcome === "interrupted" ? `The connection broke after ${took}.` : `Given up after ${took}.`;
  return isQuestion ? `${ended} It was only a question.` : `${ended} It may have been carried out.`;
}

function notificationSentence(row: TimelineRow): Sentence {
  const verdict = text(row, "verdict");
  const isAuthentic = ["valid", "late", "contradiction", "wrong-content", "unknown-order", "source-refused"].includes(
    verdict,
  );
  const { word, tone, meaning } = verdictWord(verdict);
  const state = row.details["gatewayState"];
  const deliveries = row.deliveries ?? 1;
  return {
    lane: "gateway-to-us",
    ...(verdict === "valid" ? {} : { tone }),
    title: (
      <>
        Notification: {text(row, "notificationKind")}{" "}
        {state === null || state === undefined ? null : <span className="mono">state={String(state)}</span>}
      </>
    ),
    proof: isAuthentic ? "proof" : "claim",
    proofLabel: isAuthentic ? "signature valid" : word.toLowerCase(),
    detail: [
      verdict === "valid" ? "Nothing in it differs from ours." : `${meaning}.`,
      row.details["isHeld"] === true ? "It may not move this alone, so the gateway is asked." : "",
      deliveries > 1 ? `Delivered ${deliveries} times.` : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
  };
}

function changeSentence(row: TimelineRow, { currency, translate }: TimelineContext): Sentence {
  const isRefund = text(row, "subject") === "refund";
  if (isRefund && row.toState === "stopped") return stoppedSentence(row, currency);
  const act = unprovenActs[text(row, "subject")];
  const state = row.toState ?? "";
  const { word, tone } =
    isRefund || act !== undefined
      ? refundStateWord(state)
      : paymentStateWord({ state, isPaidAfterClose: row.fromState === "closed", isReleased: row.fromState === "held" });
  const sum = row.refundAmount === null ? "" : `, ${formatMoney(row.refundAmount, currency)}`;
  const errMsg = text(row, "errMsg");
  const english = errMsg === "" ? null : translate(errMsg);
  // Where no usable answer came the sentence is ours; the codes of a gateway that refuses are numbers.
  const isOurWord = text(row, "by") === "us" && !/^[0-9]+$/.test(text(row, "errCode"));
  return {
    lane: "state",
    tone,
    title: isRefund ? `Refund ${word.toLowerCase()}${sum}` : act !== undefined ? `${act} ${word.toLowerCase()}` : word,
    detail: (
      <>
        {provenText[text(row, "by")] ?? ""}
        {isOurWord ? ` ${errMsg}` : null}
        {errMsg === "" || isOurWord ? null : (
          <>
            {" "}
            The gateway’s words:{" "}
            <span className="mono break-words">{[text(row, "errCode"), errMsg].join(" ").trim()}</span>
            {english ? ` (${english})` : null}
          </>
        )}
      </>
    ),
  };
}

/** What was asked of the gateway and did not come about, by the subject of its change. */
const unprovenActs: Record<string, string> = { cancel: "Cancel", complete: "Completion", release: "Release" };

function stoppedSentence(row: TimelineRow, currency: string): Sentence {
  const sum = row.refundAmount === null ? "" : ` of ${formatMoney(row.refundAmount, currency)}`;
  return {
    lane: row.personName === null ? "note" : "person-to-us",
    tone: "closed",
    title: (
      <>
        <b className="font-strong">{row.personName ?? "Somebody"}</b> stopped the refund{sum}
      </>
    ),
    detail: "Before anything was sent. The gateway never heard of it.",
  };
}

function linksOf(row: TimelineRow, environment: Environment): { label: string; href: string }[] {
  const links: { label: string; href: string }[] = [];
  if (row.notificationId) {
    links.push({ label: "Notification", href: `/${environment}/notifications/${row.notificationId}` });
  }
  if (row.callId) links.push({ label: "Call", href: `/${environment}/calls/${row.callId}` });
  if (row.refundId && row.kind === "act")
    links.push({ label: "Refund", href: `/${environment}/refunds/${row.refundId}` });
  const request = RefundRequestId.safeParse(row.details["requestId"]);
  if (request.success) links.push({ label: "Request", href: `/${environment}/approvals/${request.data}` });
  return links;
}

function operation(row: TimelineRow): ReactNode {
  const name = text(row, "operation");
  return <span className="mono">{operationPaths[name] ?? name}</span>;
}
