/**
 * What a form knows after it was sent.
 *
 * `entered` is what was typed, to put it back, because React clears a form after its action; secrets are never in it.
 * `reference` stands beside a reason when the cause is in our log under that number.
 */
export type ActionState<T = unknown> =
  | { status: "idle" }
  | { status: "done"; value: T }
  | { status: "invalid"; fields: Record<string, string[]>; entered: Record<string, string> }
  | { status: "refused"; reason: string; entered: Record<string, string>; reference?: string };

/** What a form is given to be sent to: made by `lib/actions` alone. The state before is React's, and no action reads it. */
export type Action<T = unknown> = (state: ActionState, form: FormData) => Promise<ActionState<T>>;

/** What was typed into a field before, for `defaultValue`. */
export function entered(state: ActionState, field: string): string | undefined {
  return state.status === "invalid" || state.status === "refused" ? state.entered[field] : undefined;
}

/** What is wrong with a field, for `error`. */
export function errorsOf(state: ActionState, field: string): string[] | undefined {
  return state.status === "invalid" ? state.fields[field] : undefined;
}
