import { type Recipe, rightRecipe } from "./recipe";

/** The way from fields to a signature, as a person follows it. */
export const recipeSteps = ["choose", "write", "order", "join", "key", "hash", "print"] as const;
export type RecipeStep = (typeof recipeSteps)[number];

const stepOf: Readonly<Record<keyof Recipe, RecipeStep>> = {
  pick: "choose",
  isLeftOut: "choose",
  nameOf: "write",
  write: "write",
  styles: "write",
  arrange: "order",
  pair: "join",
  separator: "join",
  finishList: "join",
  finish: "join",
  sortsKeyIn: "key",
  keyOf: "key",
  showKey: "key",
  keyName: "key",
  place: "key",
  encode: "hash",
  hash: "hash",
};

/** The steps that this recipe takes otherwise than the right one, in order. */
export function changedSteps(recipe: Recipe): RecipeStep[] {
  const parts = Object.entries(stepOf) as [keyof Recipe, RecipeStep][];
  const changed = new Set(parts.filter(([part]) => recipe[part] !== rightRecipe[part]).map(([, step]) => step));
  return recipeSteps.filter((step) => changed.has(step));
}
