import { Bug, RotateCcw, Stethoscope } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { adoptPaymentAction } from "@/app/(console)/[environment]/search/actions";
import { againstOrder, freeTextNames } from "@/components/notifications/against-order";
import { AsReceived } from "@/components/notifications/as-received";
import { Deliveries } from "@/components/notifications/deliveries";
import { FieldTable } from "@/components/notifications/field-table";
import { authorshipOf, verdictSentences } from "@/components/notifications/notification-sentences";
import { NotificationVerdict } from "@/components/notifications/notification-verdict";
import { OrderLink } from "@/components/notifications/order-link";
import { ReplyBytes } from "@/components/notifications/reply-bytes";
import { SignedText } from "@/components/notifications/signed-text";
import { SplitView } from "@/components/notifications/split-view";
import { VerifyingKey } from "@/components/notifications/verifying-key";
import { AdoptForm } from "@/components/search/adopt-form";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { verdictWord } from "@/components/states/verdict-label";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Digest } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { findNotification } from "@/db/queries/notification-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { otherEnvironment } from "@/lib/domain/environment";
import { NotificationId } from "@/lib/domain/ids";
import type { AddressParams } from "@/lib/domain/list-address";
import { roleMay } from "@/lib/domain/roles";
import { explainNotification } from "@/lib/notifications/explain-notification";

type Props = { params: Promise<{ environment: string; notificationId: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification", (await params).environment);
}

export default async function NotificationPage({ params, searchParams }: Props) {
  const { environment: named, notificationId } = await params;
  const scope = await requireScope(named, "notifications:read");
  const id = NotificationId.safeParse(notificationId);
  const notification = id.success ? await findNotification(scope, id.data) : null;
  if (!notification) notFound();

  const root = `/${scope.environment}`;
  const path = `${root}/notifications/${notification.id}`;
  // Those of the same moment were written in the order in which they got hold of the row.
  const tries = notification.tries.toSorted(([a], [b]) => a - b);
  const lastTry = tries.at(-1);
  const explanation = explainNotification({ ...notification, toldAs: lastTry?.[2] });
  const { fields, signedText } = explanation;
  const compared = againstOrder(notification, fields ?? []);
  const differing = compared
    .filter(({ name, isSame }) => !isSame && !freeTextNames.includes(name))
    .map(({ name }) => name);
  const { verdict, payment, orderNo, raw } = notification;
  const keyName = notification.secretVersion === null ? "key" : `key ${notification.secretVersion}`;
  const adoptable = verdict === "unknown-order" && !payment ? numberOfOrder(notification.kind, orderNo, fields) : null;
  const mayReprocess =
    roleMay(scope.viewer.role, "notifications:reprocess") && raw !== null && notification.effect === null;
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
        authorship={authorshipOf(notification)}
        sentences={verdictSentences({
          ...notification,
          explanation,
          differing,
          other: otherEnvironment(scope.environment),
        })}
        order={<OrderLink notification={notification} root={root} />}
        action={
          <span className="flex flex-wrap items-start gap-3">
            {adoptable ? (
              <AdoptForm
                action={adoptPaymentAction}
                environment={scope.environment}
                number={adoptable}
                credentialId={notification.credentialId}
              />
            ) : null}
            {raw && (verdict === "bad-signature" || verdict === "ambiguous") ? (
              <LinkButton href={`${root}/debugger?notification=${notification.id}`} icon={<Bug />}>
                Open in the signature debugger
              </LinkButton>
            ) : null}
            <LinkButton href={`${root}/doctor/notifications/${notification.id}`} icon={<Stethoscope />}>
              {verdict === "valid" || verdict === "repeated" ? "See in the doctor" : "Find the cause"}
            </LinkButton>
            {mayReprocess ? (
              <LinkButton href={`${root}/notifications/reprocess?id=${notification.id}`} icon={<RotateCcw />}>
                Reprocess…
              </LinkButton>
            ) : null}
          </span>
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
                { term: "Made by", value: <VerifyingKey notification={notification} /> },
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
      {explanation.divisions ? (
        <Section title="Two ways to divide it" caption="one signed text, and the signature fits both">
          <SplitView divisions={explanation.divisions} />
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
        <ReplyBytes {...explanation.answered} tookUs={lastTry?.[3] ?? null} />
      </Section>
      {tries.length > 0 ? (
        <Section
          title="Deliveries"
          caption={
            notification.deliveries > tries.length
              ? `the first ${tries.length} of ${notification.deliveries} of this message`
              : "all of this message"
          }
        >
          <Deliveries
            deliveries={tries.map(([at, from, taken, tookUs]) => ({
              ...{ at: new Date(at), from, tookUs, verdict: taken },
              reply: explainNotification({ ...notification, raw: null, toldAs: taken }).answered.reply,
            }))}
          />
        </Section>
      ) : null}
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
  "not read": "message",
  "no longer kept": "message",
};

/** What the gateway can be asked by: a refund's message names its order too. */
function numberOfOrder(
  kind: string,
  orderNo: string | null,
  fields: readonly (readonly [name: string, value: string])[] | null,
): string | null {
  if (kind !== "refund") return orderNo;
  const named = (name: string) => fields?.find(([one, value]) => one === name && value !== "")?.[1] ?? null;
  return named("mchOrderNo") ?? named("payOrderId");
}

function deliveriesText(deliveries: number): string {
  return deliveries === 1 ? "delivered once" : `delivered ${deliveries} times`;
}
