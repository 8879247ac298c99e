import type { Metadata } from "next";
import { RequestsFilterBar } from "@/components/approvals/requests-filter-bar";
import { RequestsTable } from "@/components/approvals/requests-table";
import { footerOf } from "@/components/data-table/footer-of";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import { listRefundRequests, readRequestFilter, requestSorts } from "@/db/queries/refund-requests";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Approvals", (await params).environment);
}

export default async function ApprovalsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "refunds:read");
  const asked = await searchParams;
  const filter = readRequestFilter(asked);
  const window = readListWindow(asked, requestSorts);
  const page = await listRefundRequests(scope, { filter, window });

  const path = `/${scope.environment}/approvals`;
  const address = { path, search: searchTextOf(asked) };
  const states = filter.states.join(",");
  const isPlain = [filter.from, filter.to, filter.least, filter.most].every((value) => value === null);
  const isOpenView = isPlain && states === "open";

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle caption="Refunds above their maker’s limit. A second person decides; nobody decides their own.">
        Approvals
      </PageTitle>
      <div className="mt-2">
        <Tabs
          label="Views of the approvals"
          tabs={[
            { href: path, label: "Open", current: isOpenView },
            { href: `${path}?state=${decided}`, label: "Decided", current: isPlain && states === decided },
            { href: `${path}?state=all`, label: "All", current: isPlain && states === "" },
          ]}
        />
      </div>
      <RequestsFilterBar address={address} filter={filter} sort={window.sort} />
      <RequestsTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}` }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, (row) => row.createdAt)}
        isFiltered={!isOpenView}
        empty={
          <Empty title="Nothing waits for a second person.">
            <p className="mb-3">A refund above its maker’s limit comes here before anything is sent.</p>
            <LinkButton href={`${path}?state=${decided}`}>What was decided</LinkButton>
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <LinkButton href={path}>What is open</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

const decided = "approved,declined,withdrawn";
