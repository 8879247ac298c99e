import { EnvironmentIcon, environmentWords } from "@/components/ui/environment-band";
import type { Environment } from "@/lib/domain/environment";
import { Clock } from "./clock";
import { EnvironmentSwitch } from "./environment-switch";

type Props = { environment: Environment; merchantLabel: string; mchNo?: string | undefined };

/** The first thing on every page and always in sight: which money this is. */
export function EnvironmentStrip({ environment, merchantLabel, mchNo }: Props) {
  const { word, meaning, more } = environmentWords[environment];
  return (
    <section aria-label="Environment" className="strip env-band">
      <span>
        <EnvironmentIcon environment={environment} className="size-3.5" />
        <b>{word}</b>
        <span>
          {meaning}
          <span className="max-desk:hidden">{more}</span>
        </span>
      </span>
      <span className="env-pattern" aria-hidden="true" />
      <span className="strip-merchant max-desk:hidden">
        {merchantLabel} {mchNo ? <span className="mono ml-1">{mchNo}</span> : null}
      </span>
      <span className="max-wide:hidden" title="Every time in this console is Hong Kong time">
        Hong Kong <Clock />
      </span>
      <EnvironmentSwitch environment={environment} />
    </section>
  );
}
