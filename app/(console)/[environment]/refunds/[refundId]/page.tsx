import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AskForm } from "@/components/payments/ask-form";
import { timelineItems } from "@/components/payments/payment-timeline";
import { SettleForm } from "@/components/payments/settle-form";
import { RefundFacts } from "@/components/refunds/refund-facts";
import { RefundHead } from "@/components/refunds/refund-head";
import { StopRefundForm } from "@/components/refunds/stop-refund-form";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Timeline } from "@/components/timeline/timeline";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { timelineOfPayment } from "@/db/queries/payment-timeline";
import { findRefund } from "@/db/queries/refund-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { RefundId } from "@/lib/domain/ids";
import { formatMoney } from "@/lib/domain/money";
import { roleMay } from "@/lib/domain/roles";
import { translationOf } from "@/lib/payments/explain-call";
import { askRefundAction, settleRefundAction, stopRefundAction } from "./actions";

type Props = { params: Promise<{ environment: string; refundId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Refund", (await params).environment);
}

export default async function RefundPage({ params }: Props) {
  const { environment: named, refundId } = await params;
  const scope = await requireScope(named, "refunds:read");
  const id = RefundId.safeParse(refundId);
  const refund = id.success ? await findRefund(scope, id.data) : null;
  if (!refund) notFound();
  const { rows } = await timelineOfPayment(
    { merchantId: refund.merchantId, id: refund.paymentId, refundId: refund.id },
    { order: "newest", after: null },
  );

  const root = `/${scope.environment}`;
  const path = `${root}/refunds/${refund.id}`;
  const entries = timelineItems(rows, {
    environment: scope.environment,
    currency: refund.currency,
    translate: (message) => translationOf(message)?.english ?? null,
  });
  const mayRefund = roleMay(scope.viewer.role, "refunds:create");
  return (
    <div className="max-w-[1208px]">
      <LiveRefresh topics={[refund.paymentId]} />
      <Breadcrumb
        items={[
          { label: "Refunds", href: `${root}/refunds` },
          { label: <Id value={refund.mchRefundNo} label="refund number" /> },
        ]}
      />
      <div className="flex flex-col wide:grid wide:grid-cols-[minmax(0,1fr)_372px] wide:gap-x-12">
        <div className="min-w-0 max-wide:contents">
          <div className="max-wide:order-1">
            <RefundHead
              refund={refund}
              translation={translationOf(refund.errMsg)}
              now={new Date()}
              paymentHref={`${root}/payments/${refund.paymentId}`}
              settleForm={
                refund.attention && roleMay(scope.viewer.role, "refunds:settle") ? (
                  <SettleForm
                    action={settleRefundAction}
                    environment={scope.environment}
                    subject={{ name: "refundId", value: refund.id }}
                    attention={refund.attention}
                  />
                ) : null
              }
              stop={
                refund.sendCount === 0 && mayRefund ? (
                  <StopRefundForm
                    action={stopRefundAction}
                    environment={scope.environment}
                    refundId={refund.id}
                    sum={formatMoney(refund.amount, refund.currency)}
                  />
                ) : null
              }
            />
            <Section title="What can be done now">
              <div className="flex min-h-14 flex-wrap items-start gap-x-3 gap-y-2 text-13">
                <RefreshCw className="mt-0.5" />
                <div className="flex-1">
                  <b className="block font-semibold">Ask the gateway now</b>
                  <span className="text-12 text-ink-2">
                    {refund.sendCount === 0 && refund.origin !== "elsewhere" ? (
                      "Nothing was sent, so the gateway does not know this refund"
                    ) : refund.refundQuery === "missing" ? (
                      "This gateway has no question about refunds, so its payment is asked about instead"
                    ) : refund.lastAskedAt ? (
                      <>
                        Last asked <Time at={refund.lastAskedAt} kind="exact" />, {refund.askCount} times in all
                      </>
                    ) : (
                      "Not asked yet"
                    )}
                  </span>
                </div>
                {refund.sendCount > 0 || refund.origin === "elsewhere" ? (
                  <AskForm
                    action={askRefundAction}
                    environment={scope.environment}
                    subject={{ name: "refundId", value: refund.id }}
                  />
                ) : null}
              </div>
            </Section>
          </div>
          <div className="min-w-0 max-wide:order-3">
            <Section title="Timeline" caption="of this refund alone, newest first">
              <Timeline
                entries={entries.map((entry) => ({
                  ...entry,
                  links: entry.links?.filter(({ href }) => href !== path),
                }))}
              />
            </Section>
          </div>
        </div>
        <div className="min-w-0 max-wide:order-2 max-wide:mt-10">
          <RefundFacts
            refund={refund}
            root={root}
            maySeePlan={mayRefund}
            maySeeEvents={roleMay(scope.viewer.role, "events:read")}
          />
        </div>
      </div>
    </div>
  );
}
