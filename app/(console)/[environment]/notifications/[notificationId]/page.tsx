import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { adoptPaymentAction } from "@/app/(console)/[environment]/search/actions";
import { againstOrder } from "@/components/notifications/against-order";
import { AsReceived } from "@/components/notifications/as-received";
import { FieldTable } from "@/components/notifications/field-table";
import { verdictSentences } from "@/components/notifications/notification-sentences";
import { NotificationVerdict } from "@/components/notifications/notification-verdict";
import { ReplyBytes } from "@/components/notifications/reply-bytes";
import { SignedText } from "@/components/notifications/signed-text";
import { AdoptForm } from "@/components/search/adopt-form";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { PaymentStateLabel } from "@/components/states/payment-state-label";
import { RefundStateLabel } from "@/components/states/refund-state-label";
import { verdictWord } from "@/components/states/verdict-label";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Digest } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { findNotification, type NotificationDetails } from "@/db/queries/notification-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { Environment } from "@/lib/domain/environment";
import { NotificationId } from "@/lib/domain/ids";
import type { AddressParams } from "@/lib/domain/list-address";
import { explainNotification } from "@/lib/notifications/explain-notification";

type Props = { params: Promise<{ environment: string; notificationId: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification", Environment.catch("test").parse((await params).environment));
}

export default async function NotificationPage({ params, searchParams }: Props) {
  const { environment: named, notificationId } = await params;
  const scope = await requireScope(named, "notifications:read");
  const id = NotificationId.safeParse(notificationId);
  const notification = id.success ? await findNotification(scope, id.data) : null;
  if (!notification) notFound();

  const root = `/${scope.environment}`;
  const path = `${root}/notifications/${notification.id}`;
  const explanation = explainNotification(notification);
  const { fields, signedText } = explanation;
  const compared = againstOrder(notification, fields ?? []);
  const differing = compared.filter(({ isSame }) => !isSame).map(({ name }) => name);
  const { verdict, payment, orderNo, raw } = notification;
  const keyName = notification.secretVersion === null ? "key" : `key ${notification.secretVersion}`;
  const isAdoptable = verdict === "unknown-order" && notification.kind !== "refund" && !payment && orderNo !== null;
  const sign = fields?.find(([name]) => name === "sign")?.[1] ?? null;

  return (
    <article className="max-w-[940px]">
      <LiveRefresh topics={[scope.environment]} />
      <Breadcrumb
        items={[
          { label: "Notifications", href: `${root}/notifications` },
          { label: orderNo ? <Id value={orderNo} label="order number" /> : "no number in it" },
        ]}
      />
      <h1>
        <VisuallyHidden>{verdictWord(verdict).word}: </VisuallyHidden>
        {titles[notification.kind]} notification
      </h1>
      <p className="mt-1 mb-4 flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
        <Time at={notification.receivedAt} kind="evidence" />
        {notification.sourceAddress ? (
          <span>
            from <span className="mono">{notification.sourceAddress}</span>
          </span>
        ) : null}
        <span>{deliveriesText(notification.deliveries)}</span>
        {notification.deliveries > 1 ? (
          <span>
            last <Time at={notification.lastReceivedAt} kind="evidence" />
          </span>
        ) : null}
      </p>
      <NotificationVerdict
        verdict={verdict}
        isProven={notification.authenticity === "valid"}
        sentences={verdictSentences({ ...notification, explanation, differing })}
        order={<OrderLink notification={notification} root={root} />}
        action={
          isAdoptable ? (
            <AdoptForm
              action={adoptPaymentAction}
              environment={scope.environment}
              number={orderNo}
              credentialId={notification.credentialId}
            />
          ) : null
        }
      />
      {signedText ? (
        <Section
          title="Text that was signed"
          caption={notification.secretVersion === null ? "as we would hash it, key hidden" : "key hidden"}
        >
          <SignedText text={signedText} label="The text that was signed" keyName={keyName} />
          <div className="mt-2">
            <DefinitionList
              rows={[
                {
                  term: "Received sign",
                  value: sign ? <Digest value={visibleText(sign)} /> : <span className="text-failed">none</span>,
                },
                { term: "Made by", value: <Key notification={notification} /> },
              ]}
            />
          </div>
        </Section>
      ) : null}
      {fields ? (
        <Section title="Fields" caption={`${fields.length}, as they were read from the ${styles[explanation.style]}`}>
          <FieldTable fields={fields} compared={compared} />
          {explanation.ambiguities.length > 0 ? (
            <ul className="mt-3 grid list-disc gap-1 pl-5 text-13">
              {explanation.ambiguities.map((sentence) => (
                <li key={sentence}>{visibleText(sentence)}</li>
              ))}
            </ul>
          ) : null}
        </Section>
      ) : null}
      {explanation.ownParameters.length > 0 ? (
        <Section title="Own parameters taken out" caption="brought along by our notify address, signed by nobody">
          <DefinitionList
            rows={explanation.ownParameters.map(({ name, value }) => ({
              term: visibleText(name),
              value: <span className="mono text-12 break-all">{visibleText(value)}</span>,
            }))}
          />
        </Section>
      ) : null}
      <Section title="Our answer, byte for byte">
        <ReplyBytes {...explanation.answered} />
      </Section>
      <Section title="As received" id="as-received">
        {raw ? (
          <AsReceived
            notification={{ ...notification, ...raw }}
            path={path}
            view={(await searchParams)["view"] === "hex" ? "hex" : "text"}
          />
        ) : (
          <p className="text-13">
            The message itself is no longer kept: the period for that is over. What was made of it stays.
          </p>
        )}
      </Section>
      <Section title="Where it came in">
        <DefinitionList
          rows={[
            { term: "Credential", value: notification.credentialLabel },
            { term: "Source address", value: notification.sourceAddress },
            ...(raw ? [{ term: "Content type", value: raw.contentType ? visibleText(raw.contentType) : "none" }] : []),
            { term: "First delivery", value: <Time at={notification.receivedAt} kind="evidence" /> },
            { term: "Last delivery", value: <Time at={notification.lastReceivedAt} kind="evidence" /> },
            { term: "Deliveries", value: notification.deliveries },
          ]}
        />
      </Section>
    </article>
  );
}

const titles = { payment: "Payment", refund: "Refund", cancel: "Cancel" };
const styles = {
  form: "form body",
  json: "JSON body",
  query: "query string",
  unreadable: "message",
  "no longer kept": "message",
};

function deliveriesText(deliveries: number): string {
  return deliveries === 1 ? "delivered once" : `delivered ${deliveries} times`;
}

function OrderLink({ notification: { payment, refund }, root }: { notification: NotificationDetails; root: string }) {
  if (!payment) return null;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Link href={`${root}/payments/${payment.id}`} className="link mono py-1 text-12">
        {payment.mchOrderNo}
      </Link>
      <PaymentStateLabel state={payment.state} />
      {refund ? (
        <>
          <Link href={`${root}/refunds/${refund.id}`} className="link mono py-1 text-12">
            {refund.mchRefundNo}
          </Link>
          <RefundStateLabel state={refund.state} />
        </>
      ) : null}
    </span>
  );
}

function Key({ notification }: { notification: NotificationDetails }) {
  const { secretVersion, secretFingerprint, secretLastFour, credentialLabel } = notification;
  if (secretVersion === null) return <span className="text-failed">none of the keys of {credentialLabel}</span>;
  return (
    <>
      {secretFingerprint ? <Seal fingerprint={secretFingerprint} size={24} /> : null}
      <span>
        key {secretVersion} of {credentialLabel}
      </span>
      {secretFingerprint ? <Id value={secretFingerprint} copy={false} /> : null}
      {secretLastFour ? <span className="mono text-12 text-ink-3">…{secretLastFour}</span> : null}
    </>
  );
}
