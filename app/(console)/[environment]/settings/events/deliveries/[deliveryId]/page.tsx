import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { sendAgainAction } from "@/app/(console)/[environment]/settings/events/actions";
import { Attempts } from "@/components/events/attempts";
import { DeliveryStateLabel } from "@/components/events/delivery-state";
import { SendAgainForm } from "@/components/events/send-again-form";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CodeBlock } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import { type DeliveryDetails, findDelivery } from "@/db/queries/event-delivery-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { mostAttempts } from "@/lib/domain/events";
import { EventDeliveryId } from "@/lib/domain/ids";
import { eventBody } from "@/lib/events/event-body";

type Props = { params: Promise<{ environment: string; deliveryId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Event delivery", (await params).environment);
}

export default async function DeliveryPage({ params }: Props) {
  const { environment: named, deliveryId } = await params;
  const scope = await requireScope(named, "events:read");
  const id = EventDeliveryId.safeParse(deliveryId);
  const delivery = id.success ? await findDelivery(scope, id.data) : null;
  if (!delivery) notFound();

  const { environment } = scope;
  const root = `/${environment}`;
  const path = `${root}/settings/events`;
  const { event, endpoint } = delivery;
  return (
    <article className="max-w-[940px]">
      <LiveRefresh topics={[environment]} />
      <Breadcrumb
        items={[
          { label: "Events", href: path },
          { label: "Deliveries", href: `${path}/deliveries` },
          { label: <span className="mono text-12">{event.type}</span> },
        ]}
      />
      <header>
        <PageTitle caption={<DeliveryStateLabel state={delivery.state} note={planOf(delivery)} size="heading" />}>
          {event.type}
        </PageTitle>
      </header>
      <div className="mt-4 grid gap-4">
        <DefinitionList
          rows={[
            { term: "Event id", value: <Id value={event.id} label="event id" /> },
            { term: "Happened", value: <Time at={event.createdAt} kind="evidence" /> },
            {
              term: "Endpoint",
              value: (
                <Link href={`${path}/${endpoint.id}`} className="link">
                  {endpoint.label}
                </Link>
              ),
            },
            { term: "About", value: subjectOf(delivery, root) },
            { term: "Next attempt", value: delivery.nextAttemptAt ? <Time at={delivery.nextAttemptAt} /> : null },
            { term: "Delivered", value: delivery.deliveredAt ? <Time at={delivery.deliveredAt} /> : null },
          ]}
        />
        <SendAgainForm
          action={sendAgainAction}
          environment={environment}
          deliveryId={delivery.id}
          isActive={endpoint.isActive}
        />
      </div>

      <Section title="What is sent" caption="the same to the byte at every attempt">
        <CodeBlock label="The body of the event" wrap>
          {visibleText(eventBody(event))}
        </CodeBlock>
      </Section>

      <Section title="Attempts" caption="the newest first">
        <Attempts attempts={delivery.attemptsMade} eventId={event.id} />
      </Section>
    </article>
  );
}

function planOf({ state, attempts }: DeliveryDetails): string | null {
  if (state === "due") return attempts === 0 ? "about to be sent" : `${attempts} of ${mostAttempts} attempts made`;
  return state === "given-up" ? "send it again when the receiver is ready" : null;
}

function subjectOf({ payment, refund }: DeliveryDetails, root: string) {
  if (!payment && !refund) return null;
  return (
    <>
      {payment ? (
        <>
          <Link href={`${root}/payments/${payment.id}`} className="link mono text-12">
            {payment.mchOrderNo}
          </Link>
          <PaymentStateLabel state={payment.state} />
        </>
      ) : null}
      {refund ? (
        <>
          <Link href={`${root}/refunds/${refund.id}`} className="link mono text-12">
            {refund.mchRefundNo}
          </Link>
          <RefundStateLabel state={refund.state} />
        </>
      ) : null}
    </>
  );
}
