import type { Metadata } from "next";
import { holdSentence } from "@/components/refund-rules/limit-sentence";
import { HoldForm, LimitForm, NewLimitForm } from "@/components/refund-rules/refund-rules-forms";
import { pageMetadata } from "@/components/shell/page-metadata";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { readRefundRules } from "@/db/queries/refund-rules";
import { requireScope } from "@/lib/auth/require-viewer";
import { limitOf } from "@/lib/domain/refund-rules";
import { rolesWith } from "@/lib/domain/roles";
import { changeHoldAction, changeRefundLimitAction } from "./actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Refund rules", (await params).environment);
}

export default async function RefundRulesPage({ params }: Props) {
  const { environment } = await requireScope((await params).environment, "refund-rules:write");
  const rules = await readRefundRules(environment);
  const currencies = [...new Set(["HKD", ...rules.limits.map(({ currency }) => currency)])];
  const roles = rolesWith("refunds:create");
  return (
    <div className="max-w-[720px]">
      <PageTitle caption="They hold from the next refund on, for everybody who is signed in too. Every change is in the audit.">
        Refund rules
      </PageTitle>
      <div className="mt-4">
        <EnvironmentBand environment={environment} />
      </div>
      <Section title="Time to stop a refund" caption={holdSentence(rules.holdSeconds)}>
        <HoldForm action={changeHoldAction} environment={environment} holdSeconds={rules.holdSeconds} />
      </Section>
      <Section
        title="Limits"
        caption="what a person gives back without a second one, a cancel included; the day is Hong Kong’s"
      >
        {currencies.flatMap((currency) =>
          roles.map((role) => (
            <LimitForm
              key={`${role} ${currency}`}
              action={changeRefundLimitAction}
              environment={environment}
              limit={limitOf(rules, role, currency)}
            />
          )),
        )}
      </Section>
      <Section title="Another currency" caption="without a limit of its own every sum is free">
        <NewLimitForm action={changeRefundLimitAction} environment={environment} roles={roles} />
      </Section>
    </div>
  );
}
