import type { Metadata } from "next";
import { CallTroubles } from "@/components/calls/call-troubles";
import { CallsFilterBar } from "@/components/calls/calls-filter-bar";
import { CallsTable } from "@/components/calls/calls-table";
import { addressOf, withParams } from "@/components/data-table/address";
import { footerOf } from "@/components/data-table/footer-of";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import { type CallTrouble, groupTroubles, mostTroubles } from "@/db/queries/call-troubles";
import { type CallFilter, type CallListRow, callSorts, listCalls, readCallFilter } from "@/db/queries/calls";
import { credentialsByLabel } from "@/db/queries/payment-credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";
import { explainTrouble, likenessOf, translationOf } from "@/lib/payments/explain-call";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Gateway calls", (await params).environment);
}

export default async function CallsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "calls:read");
  const asked = await searchParams;
  const filter = readCallFilter(asked);
  const window = readListWindow(asked, callSorts);
  const [page, credentials, troubles] = await Promise.all([
    listCalls(scope, { filter, window }),
    credentialsByLabel(scope),
    filter.outcome === "trouble" && filter.kind === null ? groupTroubles(scope, filter) : null,
  ]);

  const root = `/${scope.environment}`;
  const path = `${root}/calls`;
  const address = { path, search: searchTextOf(asked) };

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle>Gateway calls</PageTitle>
      <div className="mt-2">
        <Tabs label="Views of the calls" tabs={views(path, filter)} />
      </div>
      {troubles ? (
        <CallTroubles
          cappedAt={troubles.isCapped ? mostTroubles : null}
          troubles={troubles.groups.map((trouble) => ({
            ...trouble,
            means: meaningOf(trouble),
            href: addressOf({
              path,
              search: withParams(address.search, {
                kind: trouble.outcome,
                operation: trouble.operation,
                after: null,
                before: null,
              }),
            }),
          }))}
        />
      ) : null}
      <CallsFilterBar address={address} filter={filter} credentials={credentials} />
      <CallsTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}`, subjectHref: subjectHref(root, row) }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, (row) => row.recordedAt)}
        isFiltered={isFiltered(filter)}
        empty={
          <Empty title="No call to the gateway yet.">
            <p>Everything this console asks of a gateway is listed here, with what came back.</p>
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">Remove one of them above, or start again.</p>
            <LinkButton href={path}>All calls</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

function subjectHref(root: string, { paymentId, refundId }: CallListRow): string | null {
  if (refundId) return `${root}/refunds/${refundId}`;
  return paymentId ? `${root}/payments/${paymentId}` : null;
}

function views(path: string, { outcome }: CallFilter) {
  return [
    { href: path, label: "All", current: outcome === null },
    { href: `${path}?outcome=trouble`, label: "Not answered well", current: outcome === "trouble" },
  ];
}

function isFiltered(filter: CallFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

function meaningOf({ outcome, operation, code, lastMessage, lastStatus }: CallTrouble) {
  const ended = { outcome, operation, code, msg: lastMessage, httpStatus: lastStatus };
  return translationOf(lastMessage) ?? likenessOf(ended) ?? explainTrouble(ended);
}
