import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { DeliveriesFilterBar } from "@/components/events/deliveries-filter-bar";
import { DeliveriesTable } from "@/components/events/deliveries-table";
import { EventsTabs } from "@/components/events/events-tabs";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { PageTitle } from "@/components/ui/page-title";
import { type DeliveryListRow, deliverySorts, listDeliveries, readDeliveryFilter } from "@/db/queries/event-deliveries";
import { listEndpoints } from "@/db/queries/event-endpoints";
import { requireScope } from "@/lib/auth/require-viewer";
import { deliveriesKeptDays } from "@/lib/domain/events";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Event deliveries", (await params).environment);
}

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "events:read");
  const asked = await searchParams;
  const filter = readDeliveryFilter(asked);
  const window = readListWindow(asked, deliverySorts);
  const [page, endpoints] = await Promise.all([listDeliveries(scope, { filter, window }), listEndpoints(scope)]);

  const root = `/${scope.environment}`;
  const events = `${root}/settings/events`;
  const path = `${events}/deliveries`;
  const address = { path, search: searchTextOf(asked) };

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle caption={<EnvironmentTag environment={scope.environment} />}>Events</PageTitle>
      <div className="mt-2">
        <EventsTabs path={events} current="deliveries" />
      </div>
      <DeliveriesFilterBar address={address} filter={filter} endpoints={endpoints} />
      <DeliveriesTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}`, subjectHref: subjectHref(root, row) }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, (row) => row.createdAt)}
        isFiltered={Object.values(filter).some((value) => value !== null)}
        empty={
          <Empty title="Nothing was sent yet.">
            <p>
              Every event is listed here with its attempts, from the moment an endpoint is in use, for{" "}
              {deliveriesKeptDays} days.
            </p>
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">
              Remove one of them above, or start again. What ended more than {deliveriesKeptDays} days ago is deleted.
            </p>
            <LinkButton href={path}>All deliveries</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

function subjectHref(root: string, { paymentId, refundId }: DeliveryListRow): string | null {
  if (refundId) return `${root}/refunds/${refundId}`;
  return paymentId ? `${root}/payments/${paymentId}` : null;
}
