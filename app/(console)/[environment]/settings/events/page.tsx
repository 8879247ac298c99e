import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { EndpointsTable } from "@/components/events/endpoints-table";
import { EventsTabs } from "@/components/events/events-tabs";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { PageTitle } from "@/components/ui/page-title";
import { listEndpoints } from "@/db/queries/event-endpoints";
import { requireScope } from "@/lib/auth/require-viewer";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Events", (await params).environment);
}

export default async function EventEndpointsPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "events:read");
  const endpoints = await listEndpoints(scope);
  const path = `/${scope.environment}/settings/events`;
  const needsMerchant = scope.merchants.length === 0;
  const add = (
    <LinkButton
      href={`${path}/new`}
      icon={<Plus />}
      disabledReason={needsMerchant ? "Add a credential first: endpoints belong to its merchant." : null}
    >
      Add endpoint
    </LinkButton>
  );
  return (
    <>
      <PageTitle caption={<EnvironmentTag environment={scope.environment} />} aside={add}>
        Events
      </PageTitle>
      <div className="mt-2 mb-5">
        <EventsTabs path={path} current="endpoints" />
      </div>
      {endpoints.length > 0 ? (
        <EndpointsTable endpoints={endpoints} path={path} />
      ) : (
        <Empty
          title="Nobody hears of changes yet."
          steps={[
            { text: "Have an address of your shop or book-keeping that takes a JSON POST and answers 200." },
            { text: "Add it here. Every event is signed with a key that only the two sides know.", action: add },
          ]}
        >
          When a payment or refund changes here, your own systems can be told: signed as Standard Webhooks, sent again
          until they answer, and kept in a log.
        </Empty>
      )}
    </>
  );
}
