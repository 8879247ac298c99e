import { and, eq, gt, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { notifications } from "@/db/schema/notifications";
import { type CredentialId, type MerchantId, NotificationId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  NumberText,
  readCredentialId,
  readDayRange,
  readParam,
  readWords,
} from "@/lib/domain/list-address";
import { NotificationKind, Verdict } from "@/lib/domain/verdict";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";

/** What a list can be narrowed to. `repeated` is no verdict: a message that came more than once keeps the one it earned. */
export const listedVerdicts = [...Verdict.options, "repeated"] as const;
export type ListedVerdict = (typeof listedVerdicts)[number];

/** Null and empty mean "any". */
export type NotificationFilter = DayRange & {
  verdicts: readonly ListedVerdict[];
  kinds: readonly NotificationKind[];
  credentialId: CredentialId | null;
  /** An order or refund number as the message names it, or the beginning of one. */
  number: string | null;
};

export const notificationSorts = ["receivedAt"] as const;
export type NotificationSort = (typeof notificationSorts)[number];

export type NotificationListRow = {
  id: NotificationId;
  verdict: string;
  kind: NotificationKind;
  orderNo: string | null;
  gatewayState: number | null;
  effect: string | null;
  isHeld: boolean;
  deliveries: number;
  credentialLabel: string;
  sourceAddress: string | null;
  receivedAt: Date;
};

export function readNotificationFilter(params: AddressParams): NotificationFilter {
  return {
    ...readDayRange(params),
    verdicts: readWords(params, "verdict", listedVerdicts),
    kinds: readWords(params, "kind", NotificationKind.options),
    credentialId: readCredentialId(params),
    number: readParam(params, "number", NumberText),
  };
}

/** One screen of notifications, as they came. */
export async function listNotifications(
  scope: Scope,
  { filter, window }: { filter: NotificationFilter; window: ListWindow<NotificationSort> },
): Promise<ListPage<NotificationListRow>> {
  const page = await readListPage({
    scope,
    window,
    mark: ["notifications", filter],
    columns: { receivedAt: notifications.receivedAt },
    id: notifications.id,
    branch: (merchantId, { where, orderBy, limit }) =>
      db()
        .select({
          id: notifications.id,
          verdict: notifications.verdict,
          kind: notifications.kind,
          orderNo: notifications.orderNo,
          gatewayState: notifications.gatewayState,
          effect: notifications.effect,
          isHeld: notifications.isHeld,
          deliveries: notifications.deliveries,
          credentialLabel: credentials.label,
          sourceAddress: notifications.sourceAddress,
          receivedAt: notifications.receivedAt,
        })
        .from(notifications)
        .innerJoin(
          credentials,
          and(eq(credentials.merchantId, merchantId), eq(credentials.id, notifications.credentialId)),
        )
        .where(and(eq(notifications.merchantId, merchantId), ...wanted(filter), where))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.receivedAt, id: row.id }),
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, id: NotificationId.parse(row.id) })) };
}

/** Counting ends here: beyond it "10,000+" says as much, and costs no more on a busy day. */
export const mostCounted = 10_000;

/** A count that is honest about where it ended. */
export type CappedCount = { count: number; isCapped: boolean };

/** How many rows the list has with this filter. */
export async function countNotifications(scope: Scope, filter: NotificationFilter): Promise<CappedCount> {
  const found = await Promise.all(merchantIdsOf(scope).map((merchantId) => countOf(merchantId, wanted(filter))));
  return capped(found.reduce((sum, count) => sum + count, 0));
}

export type TodayCounts = { all: CappedCount; valid: CappedCount; look: CappedCount };

/** What came within a day and how much of it was valid. What is not should be looked at. */
export async function countNotificationsOfDay(
  scope: Scope,
  { begins, ends }: { begins: Date; ends: Date },
): Promise<TodayCounts> {
  const within = [gte(notifications.receivedAt, begins), lt(notifications.receivedAt, ends)];
  const counts = await Promise.all(
    merchantIdsOf(scope).map(async (merchantId) => ({
      all: await countOf(merchantId, within),
      look: await countOf(merchantId, [...within, isUnsettled]),
    })),
  );
  const all = counts.reduce((sum, one) => sum + one.all, 0);
  const look = counts.reduce((sum, one) => sum + one.look, 0);
  return { all: capped(all), look: capped(look), valid: { ...capped(all - look), isCapped: all > mostCounted } };
}

// Said in these very words the partial index of them is used.
const isUnsettled = sql`${notifications.verdict} <> 'valid'`;

async function countOf(merchantId: MerchantId, conditions: readonly (SQL | undefined)[]): Promise<number> {
  const found = db()
    .select({ one: sql<number>`1`.as("one") })
    .from(notifications)
    .where(and(eq(notifications.merchantId, merchantId), ...conditions))
    .limit(mostCounted + 1)
    .as("found");
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(found);
  return row?.count ?? 0;
}

function capped(count: number): CappedCount {
  return { count: Math.min(count, mostCounted), isCapped: count > mostCounted };
}

function wanted(filter: NotificationFilter): (SQL | undefined)[] {
  return [
    verdictWanted(filter.verdicts),
    filter.kinds.length > 0 ? inArray(notifications.kind, [...filter.kinds]) : undefined,
    filter.credentialId ? eq(notifications.credentialId, filter.credentialId) : undefined,
    filter.number ? gte(notifications.orderNo, filter.number) : undefined,
    filter.number ? lt(notifications.orderNo, `${filter.number}\u{10FFFF}`) : undefined,
    ...withinDays(notifications.receivedAt, filter),
  ];
}

function verdictWanted(verdicts: NotificationFilter["verdicts"]): SQL | undefined {
  const earned = verdicts.filter((verdict) => verdict !== "repeated");
  const isLooking = earned.length > 0 && !earned.includes("valid") && !verdicts.includes("repeated");
  return and(
    isLooking ? isUnsettled : undefined,
    or(
      earned.length > 0 ? inArray(notifications.verdict, earned) : undefined,
      verdicts.includes("repeated") ? gt(notifications.deliveries, 1) : undefined,
    ),
  );
}
