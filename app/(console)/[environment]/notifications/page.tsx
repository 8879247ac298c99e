import { RotateCcw } from "lucide-react";
import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { ArrivalsLine } from "@/components/notifications/arrivals-line";
import { LiveTail } from "@/components/notifications/live-tail";
import { NotificationsFilterBar } from "@/components/notifications/notifications-filter-bar";
import { NotificationsTable } from "@/components/notifications/notifications-table";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import {
  countNotifications,
  countNotificationsOfDay,
  listedVerdicts,
  listNotifications,
  type NotificationFilter,
  notificationSorts,
  readNotificationFilter,
} from "@/db/queries/notifications";
import { credentialsByLabel } from "@/db/queries/payment-credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { settings } from "@/lib/config/settings";
import { type AddressParams, hongKongDate, hongKongDay, readListWindow, searchTextOf } from "@/lib/domain/list-address";
import { roleMay } from "@/lib/domain/roles";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notifications", (await params).environment);
}

export default async function NotificationsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "notifications:read");
  const asked = await searchParams;
  const filter = readNotificationFilter(asked);
  const window = readListWindow(asked, notificationSorts);
  const now = new Date();
  const [page, credentials, today, matching] = await Promise.all([
    listNotifications(scope, { filter, window }),
    credentialsByLabel(scope),
    countNotificationsOfDay(scope, hongKongDay(hongKongDate(now))),
    isFiltered(filter) ? countNotifications(scope, filter) : null,
  ]);
  const reprocessHref = roleMay(scope.viewer.role, "notifications:reprocess")
    ? `/${scope.environment}/notifications/reprocess`
    : null;

  const path = `/${scope.environment}/notifications`;
  const address = { path, search: searchTextOf(asked) };

  return (
    <>
      <PageTitle
        caption={<ArrivalsLine today={today} matching={matching} at={now} />}
        aside={
          <>
            <LiveTail topics={[scope.environment]} />
            {reprocessHref ? (
              <LinkButton href={reprocessHref} icon={<RotateCcw />}>
                Reprocess…
              </LinkButton>
            ) : null}
          </>
        }
      >
        Notifications
      </PageTitle>
      <div className="mt-2">
        <Tabs label="Views of the notifications" tabs={views(path, filter)} />
      </div>
      <NotificationsFilterBar address={address} filter={filter} verdicts={listedVerdicts} credentials={credentials} />
      <NotificationsTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}` }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, (row) => row.receivedAt)}
        isFiltered={isFiltered(filter)}
        reprocessHref={reprocessHref}
        empty={
          <Empty
            title="No notification here yet."
            steps={credentials.slice(0, 5).map(({ id, label }) => ({
              text: `Give the gateway this notify address for ${label}`,
              copy: `${settings().publicUrl}/api/notify/${id}/payment`,
            }))}
          >
            The address matters first: the gateway can only tell about payments if it knows where to call. Payments of
            this console carry it with them.
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">Remove one of them above, or start again.</p>
            <LinkButton href={path}>All notifications</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

const needsLook = listedVerdicts.filter((verdict) => verdict !== "valid" && verdict !== "repeated");

function views(path: string, { verdicts }: NotificationFilter) {
  const view = (label: string, wanted: readonly string[]) => ({
    href: wanted.length === 0 ? path : `${path}?verdict=${wanted.join(",")}`,
    label,
    current: verdicts.length === wanted.length && verdicts.every((verdict) => wanted.includes(verdict)),
  });
  return [view("All", []), view("Need a look", needsLook), view("Bad signature", ["bad-signature"])];
}

function isFiltered({ verdicts, kinds, ...rest }: NotificationFilter): boolean {
  return verdicts.length > 0 || kinds.length > 0 || Object.values(rest).some((value) => value !== null);
}
