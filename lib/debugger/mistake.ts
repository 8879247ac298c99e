import type { WireMember } from "@/lib/gateway/wire-fields";
import { type Piece, type Recipe, rightRecipe, type Styles } from "./recipe";

/** 1 is met every week, 5 hardly ever. */
export type Likelihood = 1 | 2 | 3 | 4 | 5;

/** One realistic slip on the way to a digest: a change of one step of the recipe, and how to say it. */
export type Mistake = {
  /** The label of `vectors/mistakes.json`, or one of the same kind where there is no vector. */
  readonly label: string;
  readonly likelihood: Likelihood;
  /** The entry of gateway-protocol 8.1. */
  readonly entry?: string;
  /** What was done, as one sentence about the signer. */
  readonly what: string;
  /** What to do instead. */
  readonly fix: string;
  readonly change: (recipe: Recipe) => Recipe;
  /** The steps that it replaces. Two mistakes that replace the same step exclude each other. */
  readonly replaced?: readonly string[];
  /** Too far-fetched to be combined with another. */
  readonly isAlone?: true;
};

export type Said = Omit<Mistake, "change" | "replaced">;

/** Replaces whole steps. */
export function replacing(steps: Partial<Recipe>, said: Said): Mistake {
  return { ...said, replaced: Object.keys(steps), change: (recipe) => ({ ...recipe, ...steps }) };
}

/** Leaves out what the gateway signs. */
export function leavingOut(isLeftOut: (member: WireMember) => boolean, said: Said): Mistake {
  return {
    ...said,
    change: (recipe) => ({ ...recipe, isLeftOut: (member) => isLeftOut(member) || recipe.isLeftOut(member) }),
  };
}

/** Keeps what the gateway leaves out, and writes it as `text`. */
export function keeping(isKept: (member: WireMember) => boolean, text: string | null, said: Said): Mistake {
  return {
    ...said,
    change: (recipe) => ({
      ...recipe,
      isLeftOut: (member) => !isKept(member) && recipe.isLeftOut(member),
      write: text === null ? recipe.write : (member, styles) => (isKept(member) ? text : recipe.write(member, styles)),
    }),
  };
}

/** Rewrites the text of values; `rewrite` gives back the same text where it has nothing to do. */
export function rewriting(rewrite: (text: string, member: WireMember) => string, said: Said): Mistake {
  return {
    ...said,
    change: (recipe) => ({ ...recipe, write: (member, styles) => rewrite(recipe.write(member, styles), member) }),
  };
}

export function renaming(rename: (name: string) => string, said: Said): Mistake {
  return { ...said, change: (recipe) => ({ ...recipe, nameOf: (name) => rename(recipe.nameOf(name)) }) };
}

/** Takes other members than those that arrived. */
export function picking(pick: (members: readonly WireMember[]) => readonly WireMember[], said: Said): Mistake {
  return { ...said, change: (recipe) => ({ ...recipe, pick: (members) => pick(recipe.pick(members)) }) };
}

/** Adds to how nested JSON is written. */
export function styling(which: keyof Styles, style: Styles["objects"], said: Said): Mistake {
  return {
    ...said,
    change: (recipe) => ({
      ...recipe,
      styles: { ...recipe.styles, [which]: { ...recipe.styles[which], ...style } },
    }),
  };
}

/** Has another secret. `show` makes the same change to `<key>`, for the eye. */
export function rekeying(keyOf: (secret: string) => string, show: (shown: string) => string, said: Said): Mistake {
  return {
    ...said,
    change: (recipe) => ({
      ...recipe,
      keyOf: (secret) => keyOf(recipe.keyOf(secret)),
      showKey: (shown) => show(recipe.showKey(shown)),
    }),
  };
}

/** Puts the fields in another order; equal ones keep the order of arrival. */
export function arranging(compare: (left: Piece, right: Piece) => number, said: Said): Mistake {
  return replacing({ arrange: (pieces) => pieces.sort(compare) }, said);
}

/** Two mistakes at once: each changes what the other left. */
export function applied(mistakes: readonly Mistake[]): Recipe {
  return mistakes.reduce((recipe, mistake) => mistake.change(recipe), rightRecipe);
}

export function areCompatible(one: Mistake, other: Mistake): boolean {
  return one.label !== other.label && !one.replaced?.some((step) => other.replaced?.includes(step));
}
