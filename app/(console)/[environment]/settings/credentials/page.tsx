import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { CredentialsTable } from "@/components/credentials/credentials-table";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { PageTitle } from "@/components/ui/page-title";
import { listCredentials } from "@/db/queries/credentials";
import { requireScope } from "@/lib/auth/require-viewer";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Credentials", (await params).environment);
}

export default async function CredentialsPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "credentials:read");
  const credentials = await listCredentials(scope);
  const path = `/${scope.environment}/settings/credentials`;
  const add = (
    <LinkButton href={`${path}/new`} icon={<Plus />}>
      Add credential
    </LinkButton>
  );
  return (
    <>
      <PageTitle caption={<EnvironmentTag environment={scope.environment} />} aside={add}>
        Credentials
      </PageTitle>
      <div className="mt-5">
        {credentials.length > 0 ? (
          <CredentialsTable credentials={credentials} path={path} />
        ) : (
          <Empty
            title="No credential here yet."
            steps={[
              { text: "Have merchant number, application id and secret of the gateway’s merchant platform at hand." },
              { text: "Add them. We prove them at the gateway before anything is saved.", action: add },
            ]}
          >
            Payments need one: it says with which application at which gateway we speak.
          </Empty>
        )}
      </div>
    </>
  );
}
