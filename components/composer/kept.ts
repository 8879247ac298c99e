/** What was typed on this page, by the name of its input: it stands there again when the operation changes. */
export type Typed = Map<string, string>;

export type Kept = {
  /** The text of one of the protocol's fields. */
  textOf: (field: string) => string;
  /** `null`: none was typed for this operation. */
  body: () => string | null;
  keep: (inputName: string, value: string) => void;
};

/** The name of a field of the protocol in the form, where it cannot meet a name of the form's own. */
export function fieldName(field: string): string {
  return `f.${field}`;
}

/** A number that was typed once is there for the next operation; a body belongs to the one that it was written for. */
export function keptIn(typed: Typed, start: Readonly<Record<string, string>>, operation: string): Kept {
  const bodyKey = `body of ${operation}`;
  return {
    textOf: (field) => typed.get(fieldName(field)) ?? start[field] ?? "",
    body: () => typed.get(bodyKey) ?? null,
    keep: (inputName, value) => typed.set(inputName === "body" ? bodyKey : inputName, value),
  };
}
