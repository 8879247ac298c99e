import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CallCode } from "@/components/calls/call-code";
import { CallFacts } from "@/components/calls/call-facts";
import { CallReport } from "@/components/calls/call-report";
import { CallTries } from "@/components/calls/call-tries";
import { operationOf } from "@/components/calls/operations";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { findCall, listTries } from "@/db/queries/call-page";
import { requireScope } from "@/lib/auth/require-viewer";
import { operationsFor } from "@/lib/composer/operations";
import { GatewayCallId } from "@/lib/domain/ids";
import { roleMay } from "@/lib/domain/roles";
import { explainCall } from "@/lib/payments/explain-call";

type Props = { params: Promise<{ environment: string; callId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Gateway call", (await params).environment);
}

export default async function CallPage({ params }: Props) {
  const { environment: named, callId } = await params;
  const scope = await requireScope(named, "calls:read");
  const id = GatewayCallId.safeParse(callId);
  const call = id.success ? await findCall(scope, id.data) : null;
  if (!call) notFound();

  const tries = await listTries(scope, call);
  const root = `/${scope.environment}`;
  const operation = operationOf(call.operation);
  const explanation = explainCall(call);
  const canCompose =
    roleMay(scope.viewer.role, "composer:use") &&
    operationsFor(scope.environment).some(({ name }) => name === call.operation);

  return (
    <article className="max-w-[940px]">
      <Breadcrumb
        items={[
          { label: "Gateway calls", href: `${root}/calls` },
          { label: <span className="mono text-12">{operation.path}</span> },
        ]}
      />
      <h1>{operation.label}</h1>
      <CallFacts call={call} />
      <CallReport
        call={call}
        explanation={explanation}
        root={root}
        composerHref={canCompose ? `${root}/composer?call=${call.id}` : null}
      />

      <CallTries tries={tries} current={call.id} path={`${root}/calls`} />

      <CallCode call={call} />
    </article>
  );
}
