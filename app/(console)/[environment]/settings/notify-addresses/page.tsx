import type { Metadata } from "next";
import { NotifyAddresses } from "@/components/credentials/notify-addresses";
import { RetentionForm } from "@/components/notifications/retention-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { CodeBlock } from "@/components/ui/code-block";
import { Empty } from "@/components/ui/empty";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { listCredentials } from "@/db/queries/credentials";
import { readRetentionMonths } from "@/db/queries/retention";
import { requireScope } from "@/lib/auth/require-viewer";
import { settings } from "@/lib/config/settings";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { changeRetentionAction } from "./actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notify addresses", (await params).environment);
}

export default async function NotifyAddressesPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "credentials:read");
  const credentials = (await listCredentials(scope)).filter(({ isActive }) => isActive);
  const { publicUrl } = settings();
  return (
    <div className="max-w-[940px]">
      <PageTitle caption={<EnvironmentTag environment={scope.environment} />}>Notify addresses</PageTitle>
      <p className="mt-2 max-w-[64ch] leading-normal text-ink-2">
        The gateway tells us here what became of a payment, refund or cancel. Every request we send names its address by
        itself; give these to the gateway where its own platform asks for them.
      </p>
      {isOnlyHere(publicUrl) ? (
        <div className="mt-4">
          <Notice tone="unclear" title="Only this machine can reach these addresses.">
            They begin with <span className="mono">{publicUrl}</span>. Set PUBLIC_URL to the address under which a
            gateway elsewhere reaches this console.
          </Notice>
        </div>
      ) : null}
      {credentials.map((credential) => (
        <Section
          key={credential.id}
          title={credential.label}
          caption={<span className="mono">{credential.appId}</span>}
        >
          <NotifyAddresses label={credential.label} urls={notifyUrls(credential.id)} />
        </Section>
      ))}
      {credentials.length === 0 ? (
        <div className="mt-6">
          <Empty title="No credential in use here.">Each credential has its own addresses. Add one first.</Empty>
        </div>
      ) : (
        <Section title="What the gateway gets back" caption="once the message is stored">
          <CodeBlock label="Answer to a notification">success</CodeBlock>
          <p className="mt-3 max-w-[64ch] text-13 leading-normal text-ink-2">
            As plain text with status 200, and only after the message is safe in the database. To anything else the
            gateway repeats its message. Opened in a browser an address answers 405: it takes messages only.
          </p>
        </Section>
      )}
      <Section title="How long messages are kept" caption="as they came over the wire, in test and in production">
        <RetentionForm
          action={changeRetentionAction}
          environment={scope.environment}
          months={await readRetentionMonths()}
        />
      </Section>
    </div>
  );
}

function isOnlyHere(publicUrl: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(publicUrl).host);
}
