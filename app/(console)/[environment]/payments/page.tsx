import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { PaymentsFilterBar } from "@/components/payments/payments-filter-bar";
import { PaymentsTable } from "@/components/payments/payments-table";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import { credentialsByLabel } from "@/db/queries/payment-credentials";
import { isFiltered, ListedState, readPaymentFilter } from "@/db/queries/payments-filter";
import { listPayments } from "@/db/queries/payments-list";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, searchTextOf } from "@/lib/domain/list-address";
import { openPaymentStates } from "@/lib/domain/payment-state";
import { roleMay } from "@/lib/domain/roles";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Payments", (await params).environment);
}

export default async function PaymentsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "payments:read");
  const asked = await searchParams;
  const filter = readPaymentFilter(asked);
  const [page, credentials] = await Promise.all([listPayments(scope, filter), credentialsByLabel(scope)]);

  const path = `/${scope.environment}/payments`;
  const address = { path, search: searchTextOf(asked) };
  const inTime = filter.window.sort.by === "createdAt";
  const newPayment = roleMay(scope.viewer.role, "payments:create") ? (
    <LinkButton href={`${path}/new`} variant="primary" icon={<Plus />}>
      New payment
    </LinkButton>
  ) : null;

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle>Payments</PageTitle>
      <div className="mt-2">
        <Tabs label="Views of the payments" tabs={views(path, filter)} />
      </div>
      <PaymentsFilterBar address={address} filter={filter} states={ListedState.options} credentials={credentials} />
      <PaymentsTable
        rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}` }))}
        address={address}
        sort={filter.window.sort}
        planHref={roleMay(scope.viewer.role, "refunds:create") ? `/${scope.environment}/refund-plans/new` : undefined}
        footer={footerOf(address, page, inTime ? (row) => row.createdAt : null)}
        isFiltered={isFiltered(filter)}
        empty={
          <Empty title="No payment here yet.">
            <p className="mb-3">A payment appears here the moment it is created, before the gateway hears of it.</p>
            {newPayment}
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">Remove one of them above, or start again.</p>
            <LinkButton href={path}>All payments</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

function views(path: string, { states, needsLook }: { states: readonly ListedState[]; needsLook: boolean }) {
  const openStates = openPaymentStates.join(",");
  const isOpen =
    states.length === openPaymentStates.length && states.every((state) => isOneOf(openPaymentStates, state));
  return [
    { href: path, label: "All", current: !needsLook && !isOpen },
    { href: `${path}?state=${openStates}`, label: "Open", current: !needsLook && isOpen },
    { href: `${path}?look=1`, label: "Needs a look", current: needsLook },
  ];
}

function isOneOf(known: readonly string[], text: string): boolean {
  return known.includes(text);
}
