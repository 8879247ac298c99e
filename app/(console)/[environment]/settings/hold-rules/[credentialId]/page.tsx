import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { HoldRulesForm } from "@/components/holds/hold-rules-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { PageTitle } from "@/components/ui/page-title";
import { findCredential } from "@/db/queries/credentials";
import { readHoldRules } from "@/db/queries/hold-rules";
import { requireScope } from "@/lib/auth/require-viewer";
import { changeHoldRulesAction } from "../actions";

type Props = { params: Promise<{ environment: string; credentialId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Hold rules", (await params).environment);
}

export default async function HoldRulesOfCredentialPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "hold-rules:write");
  const credential = await findCredential(scope, (await params).credentialId);
  if (credential === null) notFound();
  const rules = await readHoldRules(credential.merchantId, credential.id);
  const { environment } = scope;
  return (
    <div className="max-w-[760px]">
      <Breadcrumb
        items={[{ label: "Hold rules", href: `/${environment}/settings/hold-rules` }, { label: credential.label }]}
      />
      <PageTitle caption={<span className="mono text-12">{credential.baseUrl}</span>}>
        Holds of {credential.label}
      </PageTitle>
      <div className="mt-4 mb-6">
        <EnvironmentBand environment={environment} />
      </div>
      <HoldRulesForm
        action={changeHoldRulesAction}
        environment={environment}
        credentialId={credential.id}
        rules={rules}
      />
    </div>
  );
}
