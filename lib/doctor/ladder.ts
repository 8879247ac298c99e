/** Who has to do something. */
export type Who = "nobody" | "this-console" | "order-maker" | "network" | "gateway";

/** One thing that can be looked at. `notification`, `call` and `payment` have pages of their own here. */
export type Evidence = {
  says: string;
  at?: Date | undefined;
  link?: { to: "notification" | "call" | "payment" | "refund" | "credential"; id: string } | undefined;
};

export type Fix = { who: Who; does: string };

/** `fine`: nothing is wrong. `wait`: nothing is wrong yet. `look`: a person should look. `wrong`: this is broken. */
export type Weight = "fine" | "wait" | "look" | "wrong";

export type Finding = {
  /** The entry of gateway-protocol 8.3, such as `NTF-07`; null where the catalogue has none. */
  id: string | null;
  weight: Weight;
  sentence: string;
  evidence: readonly Evidence[];
  fix: Fix;
};

type Told<Facts, Hit, Part> = (hit: Hit, facts: Facts) => Part;

/**
 * One step of a ladder. `test` gives back what it found, or null for "it is not this"; the rest says it. A `remark` is
 * worth knowing and explains nothing, so the climb goes on.
 */
export type Rung<Facts> = {
  id: string | null;
  looksFor: string;
  isRemark: boolean;
  find: (facts: Facts) => Finding | null;
};

export type RungText<Facts, Hit> = {
  id: string | null;
  /** What the step looks for, as it stands in the list of steps. */
  looksFor: string;
  isRemark?: true;
  weight: Weight | Told<Facts, Hit, Weight>;
  test: (facts: Facts) => Hit | null;
  sentence: Told<Facts, Hit, string>;
  evidence: Told<Facts, Hit, readonly Evidence[]>;
  fix: Fix | Told<Facts, Hit, Fix>;
};

/** Written this way, what `test` finds has its own type in every other part of the same step. */
export function rungsFor<Facts>() {
  return <Hit>({ id, looksFor, isRemark, ...text }: RungText<Facts, Hit>): Rung<Facts> => ({
    id,
    looksFor,
    isRemark: isRemark ?? false,
    find: (facts) => {
      const hit = text.test(facts);
      if (hit === null) return null;
      return {
        id,
        weight: typeof text.weight === "function" ? text.weight(hit, facts) : text.weight,
        sentence: text.sentence(hit, facts),
        evidence: text.evidence(hit, facts),
        fix: typeof text.fix === "function" ? text.fix(hit, facts) : text.fix,
      };
    },
  });
}

export type Climb = {
  cause: Finding;
  /** Found on the way, and not the cause. */
  remarks: readonly Finding[];
  /** What was looked for before the cause was found, and is not the case. */
  ruledOut: readonly { id: string | null; looksFor: string }[];
};

/** Climbs until the first cause. A ladder ends in a step that always finds something. */
export function climb<Facts>(rungs: readonly Rung<Facts>[], facts: Facts): Climb {
  const remarks: Finding[] = [];
  const ruledOut: { id: string | null; looksFor: string }[] = [];
  let cause: Finding | null = null;
  for (const { id, looksFor, isRemark, find } of rungs) {
    if (cause && !isRemark) continue;
    const found = find(facts);
    if (found && isRemark) remarks.push(found);
    else if (found) cause = found;
    else if (!cause && !isRemark) ruledOut.push({ id, looksFor });
  }
  if (!cause) throw new Error("a ladder without an end");
  return { cause, remarks, ruledOut };
}
