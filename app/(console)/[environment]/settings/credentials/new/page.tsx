import type { Metadata } from "next";
import { AddCredentialForm } from "@/components/credentials/add-credential-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageTitle } from "@/components/ui/page-title";
import { requireScope } from "@/lib/auth/require-viewer";
import { addCredentialAction } from "../actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Add a credential", (await params).environment);
}

export default async function NewCredentialPage({ params }: Props) {
  const { environment } = await requireScope((await params).environment, "credentials:write");
  const listHref = `/${environment}/settings/credentials`;
  return (
    <div className="max-w-[680px]">
      <Breadcrumb items={[{ label: "Credentials", href: listHref }, { label: "Add" }]} />
      <PageTitle>Add a credential</PageTitle>
      <div className="mt-5">
        <AddCredentialForm action={addCredentialAction} environment={environment} listHref={listHref} />
      </div>
    </div>
  );
}
