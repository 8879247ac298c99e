import { and, eq, gt, inArray, or, type SQL } from "drizzle-orm";
import { db } from "@/db/client";
import { credentials } from "@/db/schema/credentials";
import { notifications } from "@/db/schema/notifications";
import { type CredentialId, NotificationId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  type ListWindow,
  readCredentialId,
  readDayRange,
  readWords,
} from "@/lib/domain/list-address";
import { NotificationKind, Verdict } from "@/lib/domain/verdict";
import type { Scope } from "@/lib/domain/viewer";
import { readListPage, withinDays } from "./keyset";

/** What a list can be narrowed to. `repeated` is no verdict: a message that came more than once keeps the one it earned. */
export const listedVerdicts = [...Verdict.options, "repeated"] as const;
export type ListedVerdict = (typeof listedVerdicts)[number];

/** Null and empty mean "any". */
export type NotificationFilter = DayRange & {
  verdicts: readonly ListedVerdict[];
  kinds: readonly NotificationKind[];
  credentialId: CredentialId | null;
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
        .where(
          and(
            eq(notifications.merchantId, merchantId),
            verdictWanted(filter.verdicts),
            filter.kinds.length > 0 ? inArray(notifications.kind, [...filter.kinds]) : undefined,
            filter.credentialId ? eq(notifications.credentialId, filter.credentialId) : undefined,
            ...withinDays(notifications.receivedAt, filter),
            where,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: (row) => ({ value: row.receivedAt, id: row.id }),
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, id: NotificationId.parse(row.id) })) };
}

function verdictWanted(verdicts: NotificationFilter["verdicts"]): SQL | undefined {
  const earned = verdicts.filter((verdict) => verdict !== "repeated");
  return or(
    earned.length > 0 ? inArray(notifications.verdict, earned) : undefined,
    verdicts.includes("repeated") ? gt(notifications.deliveries, 1) : undefined,
  );
}
