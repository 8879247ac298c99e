import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { AlertRow } from "@/db/queries/alerts";
import { alertCause, alertEvidence, alertExplanation, alertTitles } from "@/lib/domain/alerts";
import type { Environment } from "@/lib/domain/environment";

type Props = { environment: Environment; alerts: readonly AlertRow[] };

export function OpenAlerts({ environment, alerts }: Props) {
  if (alerts.length === 0) return <Empty title="No alert is open.">We look every few seconds.</Empty>;
  return (
    <ul aria-label="Open alerts" className="grid gap-3">
      {alerts.map((alert) => {
        const { label, path } = alertEvidence({ environment, ...alert });
        const explanation = alertExplanation({ environment, ...alert });
        return (
          <li key={alert.id}>
            <Notice
              tone={alert.rule === "unclear-refunds" ? "unclear" : "failed"}
              title={`${alertTitles[alert.rule]}: ${alert.credentialLabel}`}
              actions={
                <>
                  {explanation ? (
                    <LinkButton href={explanation.path} size="sm">
                      {explanation.label}
                    </LinkButton>
                  ) : null}
                  <LinkButton href={path} size="sm">
                    {label}
                  </LinkButton>
                </>
              }
            >
              <p className="max-w-[70ch]">{alertCause(alert.rule, alert.facts)}</p>
              <p>
                Open since <Time at={alert.openedAt} />
              </p>
            </Notice>
          </li>
        );
      })}
    </ul>
  );
}

export function EndedAlerts({ environment, alerts }: Props) {
  if (alerts.length === 0) return <Empty title="No alert has ended yet." />;
  return (
    <ul aria-label="Ended alerts">
      {alerts.map((alert) => {
        const { label, path } = alertEvidence({ environment, ...alert });
        return (
          <li key={alert.id} className="border-b border-line py-3 first:pt-0">
            <p className="font-medium">
              {alertTitles[alert.rule]}: {alert.credentialLabel}
            </p>
            <p className="max-w-[70ch] text-13 leading-normal text-ink-2">{alertCause(alert.rule, alert.facts)}</p>
            <p className="mt-1 flex flex-wrap gap-x-4 text-13 text-ink-2">
              <span>
                From <Time at={alert.openedAt} kind="exact" />
              </span>
              {alert.closedAt ? (
                <span>
                  to <Time at={alert.closedAt} kind="exact" />
                </span>
              ) : null}
              <a className="link" href={path}>
                {label}
              </a>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
