import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { footerOf } from "@/components/data-table/footer-of";
import { PlansTable } from "@/components/refund-plans/plans-table";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { listRefundPlans } from "@/db/queries/refund-plans";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readListWindow, searchTextOf } from "@/lib/domain/list-address";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Refund plans", (await params).environment);
}

export default async function RefundPlansPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "refunds:create");
  const asked = await searchParams;
  const window = readListWindow(asked, ["createdAt"]);
  const page = await listRefundPlans(scope, window);

  const path = `/${scope.environment}/refund-plans`;
  const address = { path, search: searchTextOf(asked) };
  const newPlan = (
    <LinkButton
      href={`${path}/new`}
      icon={<Plus />}
      disabledReason={scope.merchants.length === 0 ? "Add a credential first: plans belong to its merchant." : null}
    >
      New plan
    </LinkButton>
  );

  return (
    <>
      <LiveRefresh topics={[scope.environment]} />
      <PageTitle caption="Many refunds, rehearsed before anything is sent." aside={newPlan}>
        Refund plans
      </PageTitle>
      <div className="mt-5">
        <PlansTable
          rows={page.rows.map((row) => ({ ...row, href: `${path}/${row.id}` }))}
          address={address}
          sort={window.sort}
          footer={footerOf(address, page, (row) => row.createdAt)}
          empty={
            <Empty
              title="No plan here yet."
              steps={[
                {
                  text: "Tick payments in their list and choose “Refund together”.",
                  action: <LinkButton href={`/${scope.environment}/payments`}>Payments</LinkButton>,
                },
                { text: "Or bring a list of order numbers as CSV.", action: newPlan },
              ]}
            >
              A plan says of every line what would happen, keeps to a budget, can be paused, and never sends a line
              twice.
            </Empty>
          }
        />
      </div>
    </>
  );
}
