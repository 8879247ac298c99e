import type { Metadata } from "next";
import { AlertLimitsForm } from "@/components/alerts/alert-limits-form";
import { EndedAlerts, OpenAlerts } from "@/components/alerts/alert-lists";
import { limitsSentence } from "@/components/alerts/limits-sentence";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { DefinitionList } from "@/components/ui/definition-list";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { readAlertLimits } from "@/db/queries/alert-rules";
import { listAlerts } from "@/db/queries/alerts";
import { requireScope } from "@/lib/auth/require-viewer";
import { AlertRule, alertTitles } from "@/lib/domain/alerts";
import { roleMay } from "@/lib/domain/roles";
import { changeAlertLimitsAction } from "./actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Alerts", (await params).environment);
}

export default async function AlertsPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "alerts:read");
  const { environment, viewer } = scope;
  const [{ open, ended }, limits] = await Promise.all([listAlerts(scope), readAlertLimits(environment)]);
  const mayChange = roleMay(viewer.role, "alert-rules:write");
  return (
    <div className="max-w-[940px]">
      <LiveRefresh topics={[environment]} />
      <PageTitle caption="What is wrong without a single order being wrong. Each opens once, stays while it lasts and ends by itself.">
        Alerts
      </PageTitle>
      <Section title="Open now">
        <OpenAlerts environment={environment} alerts={open} />
      </Section>
      <Section title="Ended" caption="the last 30">
        <EndedAlerts environment={environment} alerts={ended} />
      </Section>
      <Section title="When an alert opens">
        {mayChange ? (
          AlertRule.options.map((rule) => (
            <AlertLimitsForm
              key={rule}
              action={changeAlertLimitsAction}
              environment={environment}
              rule={rule}
              limits={limits[rule]}
            />
          ))
        ) : (
          <DefinitionList
            rows={AlertRule.options.map((rule) => ({
              term: alertTitles[rule],
              value: limitsSentence(rule, limits[rule]),
            }))}
          />
        )}
      </Section>
    </div>
  );
}
