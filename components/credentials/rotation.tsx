import { EnvironmentTag } from "@/components/ui/environment-band";
import { Section } from "@/components/ui/panel";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { ProbeOutcome } from "@/lib/domain/rotation";
import { ForceRetireForm, ProbeForm, RetireRuleForm, StepForm } from "./rotation-forms";
import { RotationProof } from "./rotation-proof";
import type { RotationShown } from "./rotation-shown";
import { RotationSteps } from "./rotation-steps";
import { RotationUses } from "./rotation-uses";

type Actions = {
  probe: Action<{ version: number; outcome: ProbeOutcome; said: string }>;
  promote: Action<number>;
  abort: Action<number>;
  retire: Action<number>;
  forceRetire: Action<number>;
  goBack: Action<number>;
  changeRule: Action;
};

type Props = { rotation: RotationShown; actions: Actions; environment: Environment; credentialId: string };

/** A rotation that is under way: where it stands, what the two keys were used for, and what can be done. */
export function Rotation({ rotation, actions, ...which }: Props) {
  const next = rotation.stage === "pending" ? rotation.other : rotation.current;
  return (
    <Section
      title="Rotation"
      caption={`to key ${next.version}`}
      aside={<EnvironmentTag environment={which.environment} />}
    >
      <div className="grid gap-8">
        <RotationSteps rotation={rotation} />
        <RotationUses rotation={rotation} />
        {rotation.stage === "pending" ? (
          <Pending rotation={rotation} actions={actions} {...which} />
        ) : (
          <Overlap rotation={rotation} actions={actions} {...which} />
        )}
      </div>
    </Section>
  );
}

function Pending({ rotation: { current, other }, actions, ...which }: Props) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <StepForm
        action={actions.promote}
        variant={other.probe === "taken" ? "primary" : "secondary"}
        pendingLabel="Asking the gateway"
        {...which}
      >
        {`Promote key ${other.version}`}
      </StepForm>
      <ProbeForm action={actions.probe} {...which} />
      <StepForm action={actions.abort} variant="quiet" pendingLabel="Aborting" {...which}>
        {`Abort, keep key ${current.version}`}
      </StepForm>
    </div>
  );
}

function Overlap({ rotation, actions, ...which }: Props) {
  const { current, other, proof, rule } = rotation;
  return (
    <>
      <RotationProof rotation={rotation} />
      <div className="flex flex-wrap items-start gap-3">
        <StepForm
          action={actions.retire}
          variant="primary"
          disabledReason={proof?.isProven ? null : "Proof is missing, see above"}
          pendingLabel="Retiring"
          {...which}
        >
          {`Retire key ${other.version}`}
        </StepForm>
        <StepForm action={actions.goBack} variant="quiet" pendingLabel="Asking the gateway" {...which}>
          {`Go back to key ${other.version}`}
        </StepForm>
      </div>
      <div className="grid gap-3">
        <details>
          <summary className="link w-fit cursor-pointer text-13">What the proof asks for</summary>
          <RetireRuleForm action={actions.changeRule} rule={rule} {...which} />
        </details>
        <details>
          <summary className="link w-fit cursor-pointer text-13">
            Key {other.version} leaked, or waiting is worse than losing messages
          </summary>
          <ForceRetireForm action={actions.forceRetire} version={other.version} {...which} />
        </details>
        <p className="text-12 text-ink-3">
          Key {current.version} signs. Both keys verify what comes in until key {other.version} is retired.
        </p>
      </div>
    </>
  );
}
