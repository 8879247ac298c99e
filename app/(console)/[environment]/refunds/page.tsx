import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { RefundsFilterBar } from "@/components/refunds/refunds-filter-bar";
import { RefundsTable } from "@/components/refunds/refunds-table";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import { credentialsByLabel } from "@/db/queries/payment-credentials";
import { listRefunds, type RefundFilter, readRefundFilter, refundSorts } from "@/db/queries/refunds";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";
import { openRefundStates } from "@/lib/domain/refund-state";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Refunds", (await params).environment);
}

export default async function RefundsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "refunds:read");
  const asked = await searchParams;
  const filter = readRefundFilter(asked);
  const window = readListWindow(asked, refundSorts);
  const [page, credentials] = await Promise.all([listRefunds(scope, { filter, window }), credentialsByLabel(scope)]);

  const path = `/${scope.environment}/refunds`;
  const address = { path, search: searchTextOf(asked) };
  const isInTime = window.sort.by === "createdAt";

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle>Refunds</PageTitle>
      <div className="mt-2">
        <Tabs label="Views of the refunds" tabs={views(path, filter)} />
      </div>
      <RefundsFilterBar address={address} filter={filter} sort={window.sort} credentials={credentials} />
      <RefundsTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}` }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, isInTime ? (row) => row.createdAt : null)}
        isFiltered={isFiltered(filter)}
        empty={
          <Empty title="No refund here yet.">
            <p className="mb-3">A refund begins on the page of its payment, once that is paid.</p>
            <LinkButton href={`/${scope.environment}/payments?state=paid`}>Paid payments</LinkButton>
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">Remove one of them above, or start again.</p>
            <LinkButton href={path}>All refunds</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

function views(path: string, { states, needsLook }: RefundFilter) {
  const isOpen = states.length === openRefundStates.length && states.every((state) => openRefundStates.includes(state));
  return [
    { href: path, label: "All", current: !needsLook && states.length === 0 },
    { href: `${path}?state=${openRefundStates.join(",")}`, label: "On their way", current: !needsLook && isOpen },
    { href: `${path}?look=1`, label: "Needs a look", current: needsLook },
  ];
}

function isFiltered({ states, needsLook, ...rest }: RefundFilter): boolean {
  return needsLook || states.length > 0 || Object.values(rest).some((value) => value !== null);
}
