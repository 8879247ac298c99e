import type { Metadata } from "next";
import { NewPlanForm } from "@/components/refund-plans/new-plan-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { ordersForPlan } from "@/db/queries/refund-plans";
import { requireScope } from "@/lib/auth/require-viewer";
import { newId, PaymentId, RefundPlanId } from "@/lib/domain/ids";
import type { AddressParams } from "@/lib/domain/list-address";
import { mostPlanLines } from "@/lib/domain/refund-plan";
import { makePlanAction } from "../actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("New refund plan", (await params).environment);
}

export default async function NewRefundPlanPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "refunds:create");
  const { environment, merchants } = scope;
  const ids = [(await searchParams)["payment"]]
    .flat()
    .flatMap((text) => PaymentId.safeParse(text).data ?? [])
    .slice(0, mostPlanLines);
  const chosen = await ordersForPlan(scope, ids);
  const merchantId = chosen[0]?.merchantId;
  const together = chosen.filter((order) => order.merchantId === merchantId);
  const leftOut = chosen.length - together.length;
  const listHref = `/${environment}/refund-plans`;
  return (
    <div className="max-w-[760px]">
      <Breadcrumb items={[{ label: "Refund plans", href: listHref }, { label: "New" }]} />
      <PageTitle>New refund plan</PageTitle>
      <div className="mt-5 grid gap-5">
        {leftOut > 0 ? (
          <Notice tone="unclear" title={`${leftOut} of the chosen payments belong to another merchant.`}>
            A plan belongs to one merchant, so they are not in the list below. Make a plan of their own for them.
          </Notice>
        ) : null}
        {merchants.length === 0 ? (
          <Empty title="There is no merchant here yet.">
            <p className="mb-3">A plan belongs to a merchant, and a merchant comes with its first credential.</p>
            <LinkButton href={listHref}>Back</LinkButton>
          </Empty>
        ) : (
          <NewPlanForm
            action={makePlanAction}
            environment={environment}
            merchants={merchants}
            listHref={listHref}
            planId={newId(RefundPlanId)}
            start={{
              merchantId,
              label: together.length > 0 ? `${together.length} chosen payments` : "",
              lines: together.length > 0 ? ["number,amount", ...together.map(lineOf)].join("\n") : "",
            }}
          />
        )}
      </div>
    </div>
  );
}

function lineOf({ mchOrderNo }: { mchOrderNo: string }): string {
  return `${mchOrderNo},`;
}
