import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { gatewayCalls } from "@/db/schema/gateway-calls";
import { notifications } from "@/db/schema/notifications";
import { people } from "@/db/schema/people";
import { refunds } from "@/db/schema/refunds";
import { timelineEntries } from "@/db/schema/timeline-entries";
import { type MerchantId, type PaymentId, type RefundId, TimelineEntryId } from "@/lib/domain/ids";
import { TimelineKind } from "@/lib/domain/timeline";

export type TimelineRow = Awaited<ReturnType<typeof timelineOfPayment>>["rows"][number];

type TimelinePage = { order: "newest" | "oldest"; after: TimelineEntryId | null };

/**
 * What happened to a payment and its refunds, with the names and the evidence that each entry points at, in one
 * statement. Ids are ordered by time, so they are the cursor. With `refundId` only what concerns that refund.
 *
 * @returns `next`: where the next part begins, null at the end
 */
export async function timelineOfPayment(
  { merchantId, id, refundId }: { merchantId: MerchantId; id: PaymentId; refundId?: RefundId },
  { order, after }: TimelinePage,
  limit = 200,
) {
  const { merchantId: merchant, paymentId } = timelineEntries;
  const beyond = order === "newest" ? lt : gt;
  const found = await db()
    .select({
      id: timelineEntries.id,
      at: timelineEntries.at,
      kind: timelineEntries.kind,
      fromState: timelineEntries.fromState,
      toState: timelineEntries.toState,
      actor: timelineEntries.actor,
      personName: people.name,
      details: timelineEntries.details,
      refundId: timelineEntries.refundId,
      mchRefundNo: refunds.mchRefundNo,
      refundAmount: refunds.amount,
      callId: timelineEntries.callId,
      callOutcome: gatewayCalls.outcome,
      callDurationMs: gatewayCalls.durationMs,
      secretVersion: gatewayCalls.secretVersion,
      notificationId: timelineEntries.notificationId,
      deliveries: notifications.deliveries,
      effect: notifications.effect,
    })
    .from(timelineEntries)
    // An actor that is not a person's id is a word, which no id equals.
    .leftJoin(people, sql`${people.id}::text = ${timelineEntries.actor}`)
    .leftJoin(refunds, and(eq(refunds.merchantId, merchant), eq(refunds.id, timelineEntries.refundId)))
    .leftJoin(gatewayCalls, and(eq(gatewayCalls.merchantId, merchant), eq(gatewayCalls.id, timelineEntries.callId)))
    .leftJoin(
      notifications,
      and(eq(notifications.merchantId, merchant), eq(notifications.id, timelineEntries.notificationId)),
    )
    .where(
      and(
        eq(merchant, merchantId),
        eq(paymentId, id),
        refundId ? eq(timelineEntries.refundId, refundId) : undefined,
        after ? beyond(timelineEntries.id, after) : undefined,
      ),
    )
    .orderBy((order === "newest" ? desc : asc)(timelineEntries.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit).map((row) => ({
    ...row,
    id: TimelineEntryId.parse(row.id),
    kind: TimelineKind.parse(row.kind),
  }));
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
