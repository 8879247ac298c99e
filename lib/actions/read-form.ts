export type FormInput = Record<string, string | string[]>;

/**
 * The fields of a form as texts. A name that ends with `[]` is a list under the name without it, also when one or no
 * value came; of another name that came twice the last one counts. Files are left out.
 */
export function readForm(form: FormData): FormInput {
  const input: FormInput = Object.create(null);
  for (const [name, value] of form) {
    // The framework adds its own fields to a form that is sent before its script runs.
    if (typeof value !== "string" || name.startsWith("$")) continue;
    if (!name.endsWith("[]")) input[name] = value;
    else input[name.slice(0, -2)] = [...listAt(input, name.slice(0, -2)), ...(value === "" ? [] : [value])];
  }
  return input;
}

const neverBack = /secret|password|token|authcode|barcode|card/i;

/** What may travel back to the browser, so that nobody types it again. */
export function enteredOf(input: FormInput): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => !neverBack.test(name))
      .map(([name, value]) => [name, typeof value === "string" ? value : value.join(",")]),
  );
}

function listAt(input: FormInput, name: string): string[] {
  const known = input[name];
  return Array.isArray(known) ? known : [];
}
