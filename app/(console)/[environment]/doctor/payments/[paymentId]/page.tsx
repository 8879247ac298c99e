import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Diagnosis } from "@/components/doctor/diagnosis";
import { type ArrivedDelivery, TriesLane } from "@/components/doctor/tries-lane";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { PageTitle } from "@/components/ui/page-title";
import { requireScope } from "@/lib/auth/require-viewer";
import { type ExaminedPart, examineOrder } from "@/lib/doctor/examine-order";
import { PaymentId } from "@/lib/domain/ids";
import { roleMay } from "@/lib/domain/roles";
import { replyTo } from "@/lib/notifications/reply";

type Props = { params: Promise<{ environment: string; paymentId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification doctor", (await params).environment);
}

export default async function OrderDoctorPage({ params }: Props) {
  const { environment: named, paymentId } = await params;
  const scope = await requireScope(named, "notifications:read");
  const id = PaymentId.safeParse(paymentId);
  const examined = id.success ? await examineOrder(scope, id.data, new Date()) : null;
  if (!examined) notFound();
  const { payment, parts } = examined;
  const root = `/${scope.environment}`;
  const maySeeCredentials = roleMay(scope.viewer.role, "credentials:read");
  return (
    <article className="max-w-[940px]">
      <LiveRefresh topics={[payment.id]} />
      <Breadcrumb
        items={[
          { label: "Notification doctor", href: `${root}/doctor` },
          { label: <Id value={payment.mchOrderNo} label="order number" href={`${root}/payments/${payment.id}`} /> },
        ]}
      />
      <PageTitle
        aside={
          maySeeCredentials ? (
            <LinkButton href={`${root}/doctor/credentials/${payment.credentialId}`} size="sm">
              Check our public address
            </LinkButton>
          ) : null
        }
      >
        Notifications of this order
      </PageTitle>
      {parts.map((part) => (
        <section key={`${part.facts.kind} ${part.facts.number}`} aria-label={titleOf(part)} className="mt-8">
          <h2 className="mb-3">{titleOf(part)}</h2>
          <Diagnosis climb={part.climb} root={root} maySeeCredentials={maySeeCredentials} />
          {part.facts.tries.length > 0 || part.arrived.length > 0 ? (
            <div className="mt-6">
              <h3 className="mb-2 text-13 font-semibold">
                {part.facts.tries.length > 0
                  ? "Tries the gateway should make, and what came"
                  : "What came all the same"}
              </h3>
              <TriesLane tries={part.facts.tries} deliveries={deliveriesOf(part)} root={root} />
            </div>
          ) : null}
        </section>
      ))}
    </article>
  );
}

function titleOf({ facts: { kind, number } }: ExaminedPart): string {
  if (kind === "payment") return "Payment";
  return kind === "refund" ? `Refund ${number}` : "Cancel";
}

function deliveriesOf({ arrived }: ExaminedPart): ArrivedDelivery[] {
  return arrived
    .flatMap(({ id, tries, receivedAt, verdict }) => {
      const kept = tries.length > 0 ? tries : [[receivedAt.getTime(), null, verdict, 0] as const];
      return kept.map(([at, , then]) => ({
        at: new Date(at),
        notificationId: id,
        verdict: then,
        reply: replyTo(then).reply,
      }));
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}
