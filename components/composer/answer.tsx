import Link from "next/link";
import { CallCode } from "@/components/calls/call-code";
import { CallFacts } from "@/components/calls/call-facts";
import { CallReport } from "@/components/calls/call-report";
import { operationOf } from "@/components/calls/operations";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import type { ActionState } from "@/lib/actions/action-state";
import type { SentComposed } from "@/lib/composer/send-composed";
import type { Environment } from "@/lib/domain/environment";

type Props = { environment: Environment; state: ActionState<SentComposed>; isSending: boolean };

/** What came of the request that was sent last. */
export function Answer({ environment, state, isSending }: Props) {
  if (state.status === "refused") {
    return (
      <Notice tone="failed" title={state.reference ? "Something broke on our side." : "It was not sent."} live="alert">
        {state.reason}
      </Notice>
    );
  }
  if (state.status !== "done") return isSending ? <Waiting /> : <Nothing environment={environment} />;
  const { call, explanation, sendingsLeft } = state.value;
  const root = `/${environment}`;
  const { path, label } = operationOf(call.operation);
  const number = call.requestFields["mchOrderNo"] ?? "";
  return (
    <div className={isSending ? "opacity-60" : undefined}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t-[3px] border-line-2 pt-4">
        <h2 className="text-20">{label}</h2>
        <EnvironmentTag environment={environment} />
        <span className="mono text-12 text-ink-3">{path}</span>
      </div>
      <CallFacts call={call} />
      <CallReport call={call} explanation={explanation} root={root} />
      <CallCode call={call} />
      <p className="mt-8 flex flex-wrap gap-x-5 gap-y-1 border-t border-line-2 pt-3 text-13 text-ink-2">
        <Link href={`${root}/calls/${call.id}`} className="link py-1">
          This call in the record
        </Link>
        {number === "" ? null : (
          <Link href={`${root}/search?q=${encodeURIComponent(number)}`} className="link py-1">
            Look for {number} here
          </Link>
        )}
        <span className="py-1">It is in the audit. {sendingsLeft} more within a quarter of an hour.</span>
      </p>
    </div>
  );
}

function Waiting() {
  return (
    <div className="border-t-[3px] border-line-2 pt-4">
      <h2 className="text-20">Sent. Waiting for the gateway.</h2>
      <p className="mt-2 text-ink-2">It has 15 seconds to answer.</p>
    </div>
  );
}

const shown: readonly string[] = [
  "The answer, whole and as it came, with its signature checked",
  "What the gateway's words mean, and what to do about them",
  "The text that was signed, and what the gateway made of the body",
  "The time it took, and the same request as code in seven languages",
];

function Nothing({ environment }: { environment: Environment }) {
  return (
    <div className="border-t-[3px] border-line-2 pt-4">
      <h2 className="max-w-[26ch] text-28 leading-[1.16] font-medium tracking-[-0.03em] text-balance max-desk:text-20">
        Write a request. It is signed here and sent to the {environment} gateway.
      </h2>
      <p className="mt-3 max-w-[62ch] leading-normal text-ink-2">
        {environment === "test"
          ? "What it does at the gateway is done there and nowhere else: an order that is made here is no payment of ours until somebody adopts it."
          : "In production this page only asks. Whatever moves money is done on the page of its payment, where it is kept safe."}
      </p>
      <p className="mt-5 mb-1.5 text-12 font-medium text-ink-2">Here you will see</p>
      <ul className="max-w-[62ch] text-13">
        {shown.map((sentence) => (
          <li key={sentence} className="border-b border-line py-2 last:border-b-0">
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
