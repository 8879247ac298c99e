/**
 * Why something asked for was not done: a fact with a name, and a sentence that says what to do.
 * `fields` stands beside it when single fields of a form are to blame, by the name of the field.
 */
export type Problem = {
  readonly kind: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, readonly string[]>>;
};

export function problem(kind: string, message: string, fields?: Record<string, string[]>): Problem {
  return fields ? { kind, message, fields } : { kind, message };
}
