"use client";

import { CircleStop, RotateCcw } from "lucide-react";
import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action, ActionState } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { Reprocessed } from "@/lib/notifications/reprocess";
import { RehearsalResult } from "./rehearsal-result";

type ChosenProps = { action: Action<Reprocessed>; environment: Environment; ids: readonly string[]; label: string };

/** Judges chosen messages again and says what became of them. */
export function ReprocessChosenForm({ action, environment, ids, label }: ChosenProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  if (state.status === "done") {
    return (
      <div className="grid gap-4">
        <Notice tone="paid" title={`Done: ${state.value.looked} judged again.`} live="status" />
        <RehearsalResult result={state.value} />
      </div>
    );
  }
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <Refusal state={state} />
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="ids" value={ids.join(",")} />
      <SubmitButton variant="primary" icon={<RotateCcw />} pendingLabel="Judging">
        {label}
      </SubmitButton>
    </form>
  );
}

type SinceProps = { action: Action<string>; environment: Environment; since: Date; label: string };

/** Starts a run; the page then follows it. */
export function StartReprocessingForm({ action, environment, since, label }: SinceProps) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <Refusal state={state} />
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="since" value={since.toISOString()} />
      <SubmitButton variant="primary" icon={<RotateCcw />} pendingLabel="Starting">
        {label}
      </SubmitButton>
    </form>
  );
}

export function EndReprocessingForm({
  action,
  environment,
  id,
}: {
  action: Action<string>;
  environment: Environment;
  id: string;
}) {
  const [state, submit] = useActionState(action, { status: "idle" });
  return (
    <form action={submit} className="grid justify-items-start gap-3">
      <Refusal state={state} />
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="danger" size="sm" icon={<CircleStop />} pendingLabel="Stopping">
        Stop
      </SubmitButton>
    </form>
  );
}

function Refusal({ state }: { state: ActionState<unknown> }) {
  if (state.status === "refused") return <Notice tone="failed" title={state.reason} live="alert" />;
  if (state.status === "invalid") {
    return <Notice tone="failed" title="This cannot be done. Open the page again." live="alert" />;
  }
  return null;
}
