"use client";

import { Check, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { type Action, type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";

type Seen = { environment: Environment; requestId: string; revision: number };

type DecideProps = Seen & {
  approve: Action;
  decline: Action<{ news: string }>;
  sum: string;
  /** Why it cannot be approved at this moment. */
  impossible: string | null;
};

/**
 * Yes or no of the second person, to the request as it was first seen here: when it is changed meanwhile, the buttons
 * wait until the new one has been looked at.
 */
export function DecisionPanel({ approve, decline, sum, impossible, ...request }: DecideProps) {
  const [approval, submitApproval] = useActionState(approve, { status: "idle" });
  const [refusal, submitRefusal] = useActionState(decline, { status: "idle" });
  const [seen, setSeen] = useState(request.revision);
  const asSeen = { ...request, revision: seen };
  if (seen !== request.revision) {
    return (
      <Panel title="Decide" environment={request.environment}>
        <Notice tone="unclear" title="It was changed since you opened it." live="alert">
          It is now {sum}, revision {request.revision}. Look at it as it stands here before you decide.
        </Notice>
        <Button size="lg" onClick={() => setSeen(request.revision)}>
          I have looked at {sum}
        </Button>
      </Panel>
    );
  }
  return (
    <Panel title="Decide" environment={request.environment}>
      <form action={submitApproval} className="grid gap-3">
        <SeenFields {...asSeen} />
        <Refusal state={approval} />
        <SubmitButton size="lg" icon={<Check />} pendingLabel="Approving" disabledReason={impossible}>
          Approve {sum}
        </SubmitButton>
        <p className="text-12 text-ink-2">The money goes back to the payer once it is sent.</p>
      </form>
      <form action={submitRefusal} className="grid gap-3 border-t border-line pt-4">
        <SeenFields {...asSeen} />
        <Refusal state={refusal} />
        <TextField
          name="note"
          label="Why not"
          aside="its maker reads it"
          optional
          maxLength={200}
          autoComplete="off"
          defaultValue={entered(refusal, "note") ?? ""}
          error={errorsOf(refusal, "note")}
        />
        <SubmitButton variant="secondary" size="lg" icon={<X />} pendingLabel="Declining">
          Decline
        </SubmitButton>
      </form>
    </Panel>
  );
}

type OwnProps = Seen & { takeBack: Action<{ news: string }>; editHref: string; helpers: string };

/** What its maker can do: change it or take it back, but never approve it. */
export function OwnRequestPanel({ takeBack, editHref, helpers, ...seen }: OwnProps) {
  const [state, submit] = useActionState(takeBack, { status: "idle" });
  return (
    <Panel title="Your request" environment={seen.environment}>
      <p className="text-13 leading-normal text-ink-2">Nobody approves their own refund. {helpers}</p>
      <form action={submit} className="grid gap-3">
        <SeenFields {...seen} />
        <Refusal state={state} />
        <div className="flex flex-wrap gap-2">
          <Link href={editHref} scroll={false} className="btn" data-variant="secondary" data-size="lg">
            Change it
          </Link>
          <SubmitButton variant="secondary" size="lg" icon={<Undo2 />} pendingLabel="Taking back">
            Take it back
          </SubmitButton>
        </div>
      </form>
    </Panel>
  );
}

export function SeenFields({ environment, requestId, revision }: Seen) {
  return (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="revision" value={revision} />
    </>
  );
}

export function Refusal({ state }: { state: ActionState }) {
  if (state.status !== "refused") return null;
  return (
    <Notice tone="failed" title={state.reason} live="alert">
      Nothing was decided.
    </Notice>
  );
}
