import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { examineAddressAction } from "@/app/(console)/[environment]/doctor/actions";
import { AddressCheckForm } from "@/components/doctor/address-check-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { findCredential } from "@/db/queries/credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { unseenFromHere } from "@/lib/doctor/address-ladder";

type Props = { params: Promise<{ environment: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification doctor", (await params).environment);
}

export default async function AddressDoctorPage({ params }: Props) {
  const { environment: named, credentialId } = await params;
  const scope = await requireScope(named, "credentials:read");
  const credential = await findCredential(scope, credentialId);
  if (!credential) notFound();
  const root = `/${scope.environment}`;
  return (
    <article className="max-w-[940px]">
      <Breadcrumb
        items={[
          { label: "Notification doctor", href: `${root}/doctor` },
          { label: credential.label, href: `${root}/settings/credentials/${credential.id}` },
        ]}
      />
      <PageTitle>Our public address</PageTitle>
      <p className="mt-2 mb-4 max-w-[62ch] leading-normal text-ink-2">
        This console calls its own notify address as the gateway would, with a message of its own that says nothing
        about any order, is good for a minute and is not stored. Redirects are looked at and not followed.
      </p>
      <AddressCheckForm action={examineAddressAction} environment={scope.environment} credentialId={credential.id} />
      <Section title="The address" caption="as every new order of this credential carries it">
        <DefinitionList
          rows={[{ term: "Payments", value: <Id value={notifyUrls(credential.id).payment} label="notify address" /> }]}
        />
      </Section>
      <Section title="What cannot be seen from here">
        <ul className="grid max-w-[64ch] list-disc gap-1 pl-5 text-13 leading-normal text-ink-2">
          {unseenFromHere.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
    </article>
  );
}
