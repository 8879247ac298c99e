import type { HoldOfPayment } from "@/db/queries/holds";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import type { HoldActKind } from "@/lib/domain/holds";
import { CompletePanel } from "./complete-panel";
import { ReleasePanel } from "./release-panel";

type Props = {
  act: HoldActKind;
  actions: Record<HoldActKind, Action>;
  environment: Environment;
  /** The payment's page, without the form. */
  path: string;
  payment: { id: string; currency: string };
  hold: HoldOfPayment;
  /** A new number of ours, for this act alone. */
  number: string;
};

/** The form of the act that was asked for. */
export function HoldPanel({ act, actions, environment, path, payment, hold, number }: Props) {
  const possible = hold.possible[act];
  const shared = {
    action: actions[act],
    environment,
    path,
    hold: { id: payment.id, heldAmount: hold.heldAmount, currency: payment.currency },
    number,
    impossible: possible.isPossible ? null : possible.why,
  };
  if (act === "release") return <ReleasePanel {...shared} />;
  return <CompletePanel {...shared} isPartAllowed={hold.rules?.complete?.isPartAllowed ?? false} />;
}
