import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { completeHoldAction, releaseHoldAction } from "@/app/(console)/[environment]/holds/actions";
import { stopRefundAction } from "@/app/(console)/[environment]/refunds/[refundId]/actions";
import { HoldPanel } from "@/components/holds/hold-panel";
import { HoldSection } from "@/components/holds/hold-section";
import { AskForm } from "@/components/payments/ask-form";
import { ConfirmAct } from "@/components/payments/confirm-act";
import type { OwnLimit } from "@/components/payments/own-limit";
import { PayPanel } from "@/components/payments/pay-panel";
import { PaymentActs } from "@/components/payments/payment-acts";
import { openRefundKind } from "@/components/payments/payment-facts";
import {
  OrderFacts,
  PaymentNumbers,
  RefundsOfPayment,
  RequestsOfPayment,
} from "@/components/payments/payment-facts-lists";
import { PaymentHead, TryAgain } from "@/components/payments/payment-head";
import { PaymentKeys } from "@/components/payments/payment-keys";
import { PaymentSums } from "@/components/payments/payment-sums";
import { lastProof, timelineItems } from "@/components/payments/payment-timeline";
import { RefundDraft } from "@/components/payments/refund-draft";
import { RefundPanel } from "@/components/payments/refund-panel";
import { SettleForm } from "@/components/payments/settle-form";
import { WaitingRefunds } from "@/components/payments/waiting-refunds";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Timeline } from "@/components/timeline/timeline";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { ErrorNotice } from "@/components/ui/notice";
import { Section } from "@/components/ui/panel";
import { holdOf } from "@/db/queries/holds";
import { findPayment, type PaymentPage as Page, refundsOfPayment } from "@/db/queries/payment-page";
import { timelineOfPayment } from "@/db/queries/payment-timeline";
import { requestsOfPayment } from "@/db/queries/refund-requests";
import { readRefundRules, spentAlone } from "@/db/queries/refund-rules";
import { requireScope } from "@/lib/auth/require-viewer";
import { enteredStatesOf, HoldActKind } from "@/lib/domain/holds";
import { newHoldActNo, newMchRefundNo, PaymentId, TimelineEntryId } from "@/lib/domain/ids";
import { type AddressParams, readParam } from "@/lib/domain/list-address";
import { formatMoney, parseAmount } from "@/lib/domain/money";
import { openPaymentStates } from "@/lib/domain/payment-state";
import { gatewayDay, type PossibleActs, possibleActs } from "@/lib/domain/possible-acts";
import { limitOf } from "@/lib/domain/refund-rules";
import { roleMay } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { whyNotCancelAlone } from "@/lib/payments/cancel-alone";
import { translationOf } from "@/lib/payments/explain-call";
import {
  askPaymentAction,
  cancelPaymentAction,
  closePaymentAction,
  createRefundAction,
  settleAttentionAction,
} from "../actions";

type Props = {
  params: Promise<{ environment: string; paymentId: string }>;
  searchParams: Promise<AddressParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Payment", (await params).environment);
}

export default async function PaymentPage({ params, searchParams }: Props) {
  const { environment: named, paymentId } = await params;
  const asked = await searchParams;
  const scope = await requireScope(named, "payments:read");
  const id = PaymentId.safeParse(paymentId);
  const payment = id.success ? await findPayment(scope, id.data) : null;
  if (!payment) notFound();

  const order = asked["timeline"] === "oldest" ? "oldest" : "newest";
  const [refunds, requests, own, timeline] = await Promise.all([
    refundsOfPayment(payment),
    requestsOfPayment(payment),
    ownLimit(scope, payment.currency),
    timelineOfPayment(payment, { order, after: readParam(asked, "entries", TimelineEntryId) }),
  ]);

  const { environment, viewer } = scope;
  const entries = timelineItems(timeline.rows, {
    environment,
    currency: payment.currency,
    translate: (message) => translationOf(message)?.english ?? null,
  });
  const now = new Date();
  const root = `/${environment}`;
  const path = `${root}/payments/${payment.id}`;
  const acts = within(own, payment, possibleActs({ ...payment, openRefund: openRefundKind(refunds) }, now));
  const left = payment.amount - payment.reservedAmount;
  const wanted = readParam(asked, "do", z.enum(["refund", "cancel", "close"]));
  // A refund that somebody is filling in stays when it becomes impossible, and says why.
  const fits = wanted !== null && (acts[wanted].isPossible || (wanted === "refund" && payment.paidAt !== null));
  const open = fits && roleMay(viewer.role, permissionOf[wanted]) ? wanted : null;
  const hold = await holdOf(payment);
  const wantedAct = readParam(asked, "do", HoldActKind);
  const openAct =
    payment.state === "held" && wantedAct && roleMay(viewer.role, `holds:${wantedAct}`) ? wantedAct : null;
  const turned = order === "newest" ? `${path}?timeline=oldest` : path;
  const mayTryAgain = ["declined", "refused", "closed", "cancelled"].includes(payment.state);

  return (
    <RefundDraft>
      <LiveRefresh topics={[payment.id]} />
      <PaymentKeys
        path={path}
        listPath={`${root}/payments`}
        turnedTimeline={turned}
        canRefund={canRefund(acts, viewer)}
      />
      <Breadcrumb
        items={[
          { label: "Payments", href: `${root}/payments` },
          { label: <Id value={payment.mchOrderNo} label="order number" /> },
        ]}
      />
      {open === "cancel" || open === "close" ? (
        <ConfirmAct
          act={open}
          action={open === "cancel" ? cancelPaymentAction : closePaymentAction}
          environment={environment}
          path={path}
          payment={payment}
        />
      ) : null}
      <div className="flex max-w-[1208px] flex-col wide:grid wide:grid-cols-[minmax(0,1fr)_380px] wide:gap-x-12">
        <div className="min-w-0 max-wide:contents">
          <div className="max-wide:order-1">
            <WaitingRefunds
              environment={environment}
              refunds={refunds}
              requests={requests}
              mayStop={roleMay(viewer.role, "refunds:create")}
              stopAction={stopRefundAction}
              now={now}
            />
            <PaymentHead
              payment={payment}
              refunds={refunds}
              requests={requests}
              proof={lastProof(timeline.rows, environment)}
              now={now}
              refundHref={canRefund(acts, viewer) ? `${path}?do=refund` : null}
              enteredStates={enteredStatesOf(hold?.rules ?? null)}
              settleForm={
                payment.attention && roleMay(viewer.role, "payments:settle") ? (
                  <SettleForm
                    action={settleAttentionAction}
                    environment={environment}
                    subject={{ name: "paymentId", value: payment.id }}
                    attention={payment.attention}
                  />
                ) : null
              }
            />
            <GatewaySaid payment={payment} />
            {mayTryAgain && roleMay(viewer.role, "payments:create") ? (
              <TryAgain href={`${root}/payments/new?like=${payment.id}`} />
            ) : null}
            {payment.paidAt ? <PaymentSums payment={payment} isRefunding={open === "refund"} /> : null}
          </div>
          <div className="max-wide:order-3">
            {hold ? (
              <HoldSection
                payment={payment}
                hold={hold}
                role={viewer.role}
                path={path}
                open={openAct}
                rulesHref={
                  roleMay(viewer.role, "hold-rules:write")
                    ? `${root}/settings/hold-rules/${payment.credentialId}`
                    : null
                }
              />
            ) : null}
            <PaymentActs
              acts={acts}
              role={viewer.role}
              path={path}
              open={open}
              leftText={formatMoney(left, payment.currency)}
              lastAskedAt={payment.lastAskedAt}
              askForm={
                <AskForm
                  action={askPaymentAction}
                  environment={environment}
                  subject={{ name: "paymentId", value: payment.id }}
                />
              }
            />
          </div>
          <div className="min-w-0 max-wide:order-5">
            <RefundsOfPayment refunds={refunds} root={root} />
            <RequestsOfPayment requests={requests} root={root} />
            <Section
              title="Timeline"
              caption={`${entries.length} ${entries.length === 1 ? "entry" : "entries"}, ${order} first`}
              aside={
                <LinkButton href={turned} variant="quiet" size="sm" scroll={false}>
                  {order === "newest" ? "Oldest first" : "Newest first"}
                </LinkButton>
              }
            >
              <Timeline entries={entries} order={order} />
              {timeline.next ? (
                <LinkButton href={`${path}?timeline=${order}&entries=${timeline.next}`}>
                  {order === "newest" ? "Earlier entries" : "Later entries"}
                </LinkButton>
              ) : null}
            </Section>
          </div>
        </div>
        <div className="min-w-0 max-wide:contents">
          <div className="mb-8 empty:hidden max-wide:order-2 max-wide:mt-8 max-wide:mb-0">
            {open === "refund" ? (
              <RefundPanel
                action={createRefundAction}
                environment={environment}
                path={path}
                paymentId={payment.id}
                currency={payment.currency}
                left={left}
                own={own}
                impossible={acts.refund.isPossible ? null : acts.refund.why}
                mchRefundNo={newMchRefundNo()}
                amount={typedAmount(asked["amount"], payment)}
              />
            ) : hold && openAct ? (
              <HoldPanel
                act={openAct}
                actions={{ complete: completeHoldAction, release: releaseHoldAction }}
                environment={environment}
                path={path}
                payment={payment}
                hold={hold}
                number={newHoldActNo()}
              />
            ) : openPaymentStates.includes(payment.state) ? (
              <PayPanel environment={environment} payment={payment} path={path} />
            ) : null}
          </div>
          <div className="max-wide:order-4 max-wide:mt-8">
            <PaymentNumbers payment={payment} refunds={refunds} />
            <OrderFacts
              payment={payment}
              root={root}
              maySeeCredential={roleMay(viewer.role, "credentials:read")}
              maySeeEvents={roleMay(viewer.role, "events:read")}
            />
          </div>
        </div>
      </div>
    </RefundDraft>
  );
}

async function ownLimit(scope: Scope, currency: string): Promise<OwnLimit> {
  const [{ holdSeconds, ...rules }, spentToday] = await Promise.all([
    readRefundRules(scope.environment),
    spentAlone(scope, { day: gatewayDay(new Date()), currency }),
  ]);
  return { limit: limitOf({ holdSeconds, ...rules }, scope.viewer.role, currency), spentToday, holdSeconds };
}

/** A cancel gives the whole sum back, so it needs a person who may give so much back alone. */
function within({ limit, spentToday }: OwnLimit, { amount }: Page, acts: PossibleActs): PossibleActs {
  const why = acts.cancel.isPossible ? whyNotCancelAlone(limit, spentToday, amount) : null;
  return why === null ? acts : { ...acts, cancel: { isPossible: false, why } };
}

const permissionOf = { refund: "refunds:create", cancel: "payments:cancel", close: "payments:close" } as const;

function canRefund(acts: PossibleActs, viewer: { role: Parameters<typeof roleMay>[0] }): boolean {
  return acts.refund.isPossible && roleMay(viewer.role, "refunds:create");
}

/** What the address proposes as the sum, if it is a sum at all. */
function typedAmount(asked: string | string[] | undefined, { currency }: Page): string {
  const text = [asked].flat()[0] ?? "";
  return parseAmount(text, currency).ok ? text : "";
}

/** Why the gateway or the channel said no: its own words, and what they mean. */
function GatewaySaid({ payment }: { payment: Page }) {
  if (payment.errMsg === null && payment.errCode === null) return null;
  if (payment.state !== "declined" && payment.state !== "refused") return null;
  const translation = translationOf(payment.errMsg);
  return (
    <div className="mt-4">
      <ErrorNotice
        title={payment.state === "refused" ? "The gateway refused the order." : "The channel declined the payment."}
        money="No money moved."
        todo={translation?.advice ?? "A new try needs a new order number."}
        code={payment.errCode}
        original={payment.errMsg}
        translation={translation?.english ?? null}
      />
    </div>
  );
}
