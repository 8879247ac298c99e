import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChangeForm, InUseForm } from "@/components/credentials/credential-forms";
import { CredentialState } from "@/components/credentials/credential-state";
import { NoticeRuleForm } from "@/components/credentials/notice-rule-form";
import { NotifyAddresses } from "@/components/credentials/notify-addresses";
import { OutgoingAddress } from "@/components/credentials/outgoing-address";
import { RefundQueryState } from "@/components/credentials/refund-query-state";
import { Rotation } from "@/components/credentials/rotation";
import { AddNextForm } from "@/components/credentials/rotation-forms";
import { SecretVersions } from "@/components/credentials/secret-versions";
import { SourcesForm } from "@/components/credentials/sources-form";
import { SourcesSeen } from "@/components/credentials/sources-seen";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Panel, Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { findCredential } from "@/db/queries/credentials";
import { mostMessagesLooked, readSourcesSeen, type SourceSeen } from "@/db/queries/notification-sources";
import { requireScope } from "@/lib/auth/require-viewer";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { outgoingAddress } from "@/lib/credentials/outgoing-address";
import { rotationOf } from "@/lib/credentials/read-rotation";
import { isInRanges } from "@/lib/domain/address-list";
import type { AddressParams } from "@/lib/domain/list-address";
import {
  abortRotationAction,
  addNextSecretAction,
  changeCredentialAction,
  changeNoticeRuleAction,
  changeRetireRuleAction,
  changeSourcesAction,
  forceRetireSecretAction,
  goBackToSecretAction,
  probePendingAction,
  promoteSecretAction,
  retireSecretAction,
  setCredentialActiveAction,
} from "../actions";

type Props = { params: Promise<{ environment: string; credentialId: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Credential", (await params).environment);
}

export default async function CredentialPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "credentials:read");
  const credential = await findCredential(scope, (await params).credentialId);
  if (credential === null) notFound();
  const { environment } = scope;
  const which = { environment, credentialId: credential.id };
  const [seen, outgoing, rotation] = await Promise.all([
    readSourcesSeen(credential),
    outgoingAddress(credential.baseUrl),
    rotationOf(credential),
  ]);
  return (
    <div className="max-w-[1208px]">
      {rotation ? <LiveRefresh topics={[environment]} /> : null}
      <Breadcrumb
        items={[{ label: "Credentials", href: `/${environment}/settings/credentials` }, { label: credential.label }]}
      />
      {(await searchParams)["added"] ? (
        <div className="mb-4">
          <Notice tone="paid" title="Proven at the gateway and saved." live="status">
            Give the notify addresses below to the gateway, then payments can begin.
          </Notice>
        </div>
      ) : null}
      <PageTitle caption={<CredentialState isActive={credential.isActive} />}>{credential.label}</PageTitle>
      <div className="mt-4 grid gap-x-12 gap-y-8 wide:grid-cols-[minmax(0,1fr)_380px]">
        <div className="min-w-0">
          <DefinitionList
            rows={[
              { term: "Merchant", value: <Id value={credential.mchNo} label="merchant number" /> },
              { term: "Application", value: <Id value={credential.appId} label="application id" /> },
              { term: "Gateway", value: <Id value={credential.baseUrl} label="gateway address" /> },
              { term: "Sent as", value: credential.encoding === "json" ? "JSON" : "form fields" },
              { term: "Ways", value: credential.wayCodes.join(", ") || "every way that no other credential names" },
              {
                term: "Question about refunds",
                value: (
                  <RefundQueryState
                    state={credential.refundQuery}
                    absences={credential.refundQueryAbsences}
                    since={credential.refundQueryAbsentSince}
                  />
                ),
              },
              { term: "Added", value: <Time at={credential.createdAt} /> },
            ]}
          />
          <Section title="Keys" caption="write-only: nobody can read a secret here, nor anywhere else">
            <SecretVersions secrets={credential.secrets} />
          </Section>
          {rotation ? <Rotation rotation={rotation} actions={rotationActions} {...which} /> : null}
          <Section
            title="Notify addresses"
            caption="to give to the gateway"
            aside={
              <LinkButton href={`/${environment}/doctor/credentials/${credential.id}`} size="sm">
                Check from outside
              </LinkButton>
            }
          >
            <NotifyAddresses label={credential.label} urls={notifyUrls(credential.id)} />
          </Section>
          <Section title="Where we call from" caption="for the gateway’s IP whitelist">
            <OutgoingAddress address={outgoing} />
          </Section>
          <Section
            title="Where notifications came from"
            caption={`in the merchant’s newest ${mostMessagesLooked.toLocaleString("en")} messages`}
          >
            <SourcesSeen
              seen={seen.map((source) => ({
                ...source,
                isListed: isInRanges(source.address, credential.sources.addresses),
              }))}
              isEnforced={credential.sources.mode === "enforce"}
            />
          </Section>
        </div>
        <div className="grid content-start gap-6">
          <Panel title="Name and ways" environment={environment}>
            <ChangeForm
              action={changeCredentialAction}
              label={credential.label}
              wayCodes={credential.wayCodes.join(", ")}
              {...which}
            />
          </Panel>
          <Panel title="What a notification alone may do" environment={environment}>
            <NoticeRuleForm
              action={changeNoticeRuleAction}
              rule={{ payments: credential.paymentsAloneUpTo, refunds: credential.refundsAloneUpTo }}
              {...which}
            />
          </Panel>
          <Panel title="Where notifications may come from" environment={environment}>
            <SourcesForm
              action={changeSourcesAction}
              sources={credential.sources}
              suggested={provenSources(seen)}
              {...which}
            />
          </Panel>
          {rotation ? null : (
            <Panel title="Rotate the key" environment={environment}>
              <AddNextForm action={addNextSecretAction} {...which} />
            </Panel>
          )}
          <Panel title={credential.isActive ? "Take out of use" : "Take into use"} environment={environment}>
            <p className="text-13 text-ink-2">
              {credential.isActive
                ? "No new payment uses it then. What it started stays open, is asked about and can be refunded."
                : "New payments may use it again."}
            </p>
            <InUseForm action={setCredentialActiveAction} isActive={credential.isActive} {...which} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

const rotationActions = {
  probe: probePendingAction,
  promote: promoteSecretAction,
  abort: abortRotationAction,
  retire: retireSecretAction,
  forceRetire: forceRetireSecretAction,
  goBack: goBackToSecretAction,
  changeRule: changeRetireRuleAction,
};

/** What a list would begin with: where genuine messages came from. */
function provenSources(seen: readonly SourceSeen[]): string[] {
  return seen.flatMap(({ address, proven }) => (address !== null && proven > 0 ? [address] : []));
}
