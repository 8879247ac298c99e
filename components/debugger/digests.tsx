import type { ReactNode } from "react";
import { Digest } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { ProofLabel } from "@/components/ui/mark";
import type { Verdict } from "./verdict-of-search";
import { inLetters } from "./visible-runs";

/** The digest that was received, and the right one where the secret is the person's own. */
export function Digests({ verdict: { diagnosis, receivedSign } }: { verdict: Verdict }) {
  const { verdict, expected, gateway } = diagnosis;
  const right = gateway?.expected ?? expected;
  return (
    <dl className="mt-5 grid border-t border-line-2 text-13 desk:grid-cols-[max-content_minmax(0,1fr)_max-content]">
      <Row term="Received" note={receivedSign === "" ? null : noteOn(diagnosis)}>
        {receivedSign === "" ? <span className="text-failed">none</span> : <Digest value={inLetters(receivedSign)} />}
      </Row>
      {verdict === "valid" ? null : (
        <Row
          term="Right"
          note={
            right === null ? null : (
              <CopyButton value={right} label="right signature" className="min-h-7! px-2!">
                Copy
              </CopyButton>
            )
          }
        >
          {right === null ? (
            <span className="text-12 text-ink-2">not given out: whoever has it can send this message</span>
          ) : (
            <Digest value={right} tone="paid" />
          )}
        </Row>
      )}
    </dl>
  );
}

function noteOn({ verdict, gateway }: Verdict["diagnosis"]): ReactNode {
  if (verdict === "valid") {
    return (
      <ProofLabel kind="proof" tone="paid">
        the same
      </ProofLabel>
    );
  }
  if (gateway === null) return null;
  return gateway.accepts ? (
    <span className="text-unclear">the gateway takes it all the same</span>
  ) : (
    <span className="text-failed">the gateway says 验签失败</span>
  );
}

function Row({ term, note, children }: { term: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-center gap-x-5 gap-y-0.5 border-b border-line py-2 desk:col-span-3 desk:grid-cols-subgrid">
      <dt className="text-12 text-ink-2">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
      <dd className="text-12 desk:justify-self-end">{note}</dd>
    </div>
  );
}
