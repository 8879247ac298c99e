import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import {
  ChangeEndpointForm,
  EndKeyOverlapForm,
  EndpointInUseForm,
  ReplaceKeyForm,
  SendTestForm,
} from "@/components/events/endpoint-forms";
import { EndpointState } from "@/components/events/endpoint-state";
import { KeyVersions } from "@/components/events/key-versions";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Panel, Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { findEndpoint } from "@/db/queries/event-endpoints";
import { requireScope } from "@/lib/auth/require-viewer";
import {
  changeEndpointAction,
  endKeyOverlapAction,
  replaceEndpointKeyAction,
  sendTestEventAction,
  setEndpointActiveAction,
} from "../actions";

type Props = { params: Promise<{ environment: string; endpointId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Endpoint", (await params).environment);
}

export default async function EndpointPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "events:read");
  const endpoint = await findEndpoint(scope, (await params).endpointId);
  if (endpoint === null) notFound();
  const { environment } = scope;
  const path = `/${environment}/settings/events`;
  const which = { environment, endpointId: endpoint.id };
  const previous = endpoint.secrets.find(({ stage }) => stage === "previous");
  return (
    <div className="max-w-[1208px]">
      <Breadcrumb items={[{ label: "Events", href: path }, { label: endpoint.label }]} />
      {endpoint.stoppedBecause === "gone" ? (
        <div className="mb-4">
          <Notice tone="failed" title="The receiver said that it is gone (HTTP 410), so nothing is sent to it.">
            Take it into use again when the receiver is ready. What happened in between was not kept for it.
          </Notice>
        </div>
      ) : null}
      <PageTitle caption={<EndpointState {...endpoint} />}>{endpoint.label}</PageTitle>
      <div className="mt-4 grid gap-x-12 gap-y-8 wide:grid-cols-[minmax(0,1fr)_380px]">
        <div className="min-w-0">
          <DefinitionList
            rows={[
              { term: "Address", value: <Id value={endpoint.url} label="address" /> },
              { term: "Merchant", value: <Id value={endpoint.mchNo} label="merchant number" /> },
              { term: "Hears of", value: endpoint.eventTypes.join(", ") || "everything" },
              { term: "Added", value: <Time at={endpoint.createdAt} /> },
              {
                term: "Deliveries",
                value: (
                  <Link href={`${path}/deliveries?endpoint=${endpoint.id}`} className="link">
                    what was sent to it
                  </Link>
                ),
              },
            ]}
          />
          <Section title="Test" caption="a real event of the type ping, signed and sent now">
            <SendTestForm action={sendTestEventAction} isActive={endpoint.isActive} {...which} />
          </Section>
          <Section title="Key" caption="shown once, when it is made">
            <KeyVersions
              keys={endpoint.secrets}
              overlap={
                previous && <EndKeyOverlapForm action={endKeyOverlapAction} version={previous.version} {...which} />
              }
            />
          </Section>
        </div>
        <div className="grid content-start gap-6">
          <Panel title="Name and types" environment={environment}>
            <ChangeEndpointForm
              action={changeEndpointAction}
              label={endpoint.label}
              eventTypes={endpoint.eventTypes}
              {...which}
            />
          </Panel>
          <Panel title="Change the key" environment={environment}>
            <p className="text-13 text-ink-2">
              Both keys sign until you end the older one, so the receiver can change over without losing an event.
            </p>
            <ReplaceKeyForm action={replaceEndpointKeyAction} {...which} />
          </Panel>
          <Panel title={endpoint.isActive ? "Take out of use" : "Take into use"} environment={environment}>
            <p className="text-13 text-ink-2">
              {endpoint.isActive
                ? "Nothing is sent to it then, and what still waits for it is given up."
                : "It hears of what changes from then on."}
            </p>
            <EndpointInUseForm action={setEndpointActiveAction} isActive={endpoint.isActive} {...which} />
          </Panel>
        </div>
      </div>
    </div>
  );
}
