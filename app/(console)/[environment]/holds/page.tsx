import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { HoldsFilterBar } from "@/components/holds/holds-filter-bar";
import { HoldsTable } from "@/components/holds/holds-table";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Tabs } from "@/components/ui/tabs";
import { listHoldRules } from "@/db/queries/hold-rules";
import { type HoldFilter, type HoldStanding, holdSorts, listHolds, readHoldFilter } from "@/db/queries/holds";
import { credentialsByLabel } from "@/db/queries/payment-credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";
import { roleMay } from "@/lib/domain/roles";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Holds", (await params).environment);
}

export default async function HoldsPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "payments:read");
  const asked = await searchParams;
  const filter = readHoldFilter(asked);
  const window = readListWindow(asked, holdSorts);
  const [page, credentials, rules] = await Promise.all([
    listHolds(scope, { filter, window }),
    credentialsByLabel(scope),
    listHoldRules(scope),
  ]);
  const root = `/${scope.environment}`;
  const path = `${root}/holds`;
  const address = { path, search: searchTextOf(asked) };
  const isInTime = window.sort.by === "createdAt";
  const { role } = scope.viewer;
  const place = roleMay(role, "payments:create") ? (
    <LinkButton href={`${root}/payments/new?hold=1`} icon={<Plus />}>
      Place a hold
    </LinkButton>
  ) : null;
  const isNothingEntered = rules.every((one) => !one.rules?.complete && !one.rules?.release);

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle aside={place} caption="Money that payers have set aside for us. None of it is paid.">
        Holds
      </PageTitle>
      <div className="mt-2">
        <Tabs label="Views of the holds" tabs={views(path, filter)} />
      </div>
      {isNothingEntered ? (
        <div className="my-4 max-w-[760px]">
          <Notice
            tone="unclear"
            title="Holds can be placed here, and not yet completed or released."
            actions={
              roleMay(role, "hold-rules:write") ? (
                <LinkButton href={`${root}/settings/hold-rules`}>Hold rules</LinkButton>
              ) : null
            }
          >
            The gateway has not published how that is asked for. Once it has told you the path, the names of the fields
            and the state that follows, an admin enters them under Hold rules.
          </Notice>
        </div>
      ) : null}
      <HoldsFilterBar address={address} filter={filter} sort={window.sort} credentials={credentials} />
      <HoldsTable
        rows={page.rows.map((row) => ({ ...row, href: `${root}/payments/${row.id}` }))}
        address={address}
        sort={window.sort}
        footer={footerOf(address, page, isInTime ? (row) => row.createdAt : null)}
        isFiltered={isFiltered(filter)}
        empty={
          <Empty title="No hold here yet.">
            <p className="mb-3">A hold is an order like any other, marked as one that only sets money aside.</p>
            {place}
          </Empty>
        }
        nothingMatches={
          <Empty title="Nothing matches these filters.">
            <p className="mb-3">Remove one of them above, or start again.</p>
            <LinkButton href={path}>All holds</LinkButton>
          </Empty>
        }
      />
    </>
  );
}

function views(path: string, { standings }: HoldFilter) {
  const view = (label: string, standing: HoldStanding | null) => ({
    href: standing === null ? path : `${path}?standing=${standing}`,
    label,
    current: standing === null ? standings.length === 0 : standings.length === 1 && standings[0] === standing,
  });
  return [view("All", null), view("Held now", "held"), view("Completed", "completed"), view("Released", "released")];
}

function isFiltered({ standings, ...rest }: HoldFilter): boolean {
  return standings.length > 0 || Object.values(rest).some((value) => value !== null);
}
