import { z } from "zod";
import type { PaymentState } from "./payment-state";
import type { Possibility } from "./possible-acts";

/**
 * A signed POST that the gateway has confirmed for holds. Nothing of it is published (gateway-protocol 3.2), so every
 * name in it was entered by an admin.
 */
export const HoldOperation = z.strictObject({
  /** Below the credential's base URL, for example `/api/x/y`. */
  path: z.string(),
  /** The field that names the order, and whether it takes our number or the gateway's. */
  orderField: z.string(),
  orderNumber: z.enum(["ours", "gateway"]),
  /** The field for the amount in minor units; null where the gateway wants none: then it is always the whole hold. */
  amountField: z.string().nullable(),
  /** The field for a number of ours for this act; null where the gateway wants none. */
  numberField: z.string().nullable(),
  /** What the order query shows afterwards; null leaves it to the states that are published. */
  doneState: z.int().nullable(),
  /** Less than the hold may be taken. */
  isPartAllowed: z.boolean(),
});
export type HoldOperation = z.infer<typeof HoldOperation>;

/** What an admin has entered about the holds of one credential. */
export type HoldRules = {
  wayCodes: readonly string[];
  lifetimeHours: number | null;
  heldState: number;
  complete: HoldOperation | null;
  release: HoldOperation | null;
};

export const noHoldRules: HoldRules = {
  wayCodes: [],
  lifetimeHours: null,
  heldState: 2,
  complete: null,
  release: null,
};

/** The state numbers that an admin has entered as what this gateway says about holds. */
export function enteredStatesOf(rules: HoldRules | null): number[] {
  if (rules === null) return [];
  const { heldState, complete, release } = rules;
  return [heldState, complete?.doneState, release?.doneState].filter((state) => typeof state === "number");
}

export const HoldActKind = z.enum(["complete", "release"]);
export type HoldActKind = z.infer<typeof HoldActKind>;

/** `sent` and `unclear` block the hold; only the gateway's word, or that nothing was sent, ends them. */
export const HoldActState = z.enum(["sent", "unclear", "succeeded", "failed"]);
export type HoldActState = z.infer<typeof HoldActState>;

/** When the gateway gives a hold free by itself; null while nobody has entered how long one lasts. */
export function holdEndsAt(heldAt: Date | null, rules: Pick<HoldRules, "lifetimeHours"> | null): Date | null {
  if (heldAt === null || rules === null || rules.lifetimeHours === null) return null;
  return new Date(heldAt.getTime() + rules.lifetimeHours * 3_600_000);
}

/** What the possible acts of a hold depend on. */
export type ActingHold = {
  state: PaymentState;
  openAct: HoldActKind | null;
  payOrderId: string | null;
};

export type PossibleHoldActs = Record<HoldActKind, Possibility>;

/** Whether a hold can be completed or released now, and if not, why and who can change that. */
export function possibleHoldActs(hold: ActingHold, rules: HoldRules | null): PossibleHoldActs {
  return {
    complete: mayAct("complete", hold, rules?.complete ?? null),
    release: mayAct("release", hold, rules?.release ?? null),
  };
}

const words = { complete: "a completion", release: "a release" } as const;

function mayAct(kind: HoldActKind, hold: ActingHold, operation: HoldOperation | null): Possibility {
  if (hold.state !== "held") return no(notHeld(hold.state));
  if (hold.openAct !== null)
    return no(`Not possible: ${words[hold.openAct]} is under way, and its result is not known`);
  if (operation === null) {
    return no(
      `Not possible yet: how this gateway takes ${words[kind]} is not published. An admin enters it under Hold rules once the gateway has confirmed it`,
    );
  }
  if (operation.orderNumber === "gateway" && hold.payOrderId === null) {
    return no("Not possible yet: the gateway has not named its number of this order. Ask it");
  }
  return { isPossible: true };
}

function notHeld(state: PaymentState): string {
  if (state === "paid" || state === "refunded") return "The hold is completed";
  if (state === "cancelled") return "The hold is released";
  if (state === "unclear" || state === "prepared") return "Not possible yet: it is not known whether money is held";
  if (state === "created" || state === "waiting") return "Not possible yet: the payer has not agreed";
  return "Not possible: no money is held";
}

function no(why: string): Possibility {
  return { isPossible: false, why };
}
