import type { ComposerField } from "@/lib/composer/operations";

const wholeNumber = /^(?:0|-?[1-9][0-9]*)$/;

/** What stands in the fields as the JSON that they would become; numbers keep every digit. */
export function bodyOfFields(fields: readonly ComposerField[], textOf: (field: string) => string): string {
  const lines = fields.flatMap(({ name, type }) => {
    const text = textOf(name);
    if (text === "") return [];
    const value = type !== "text" && wholeNumber.test(text) ? text : JSON.stringify(text);
    return [`  ${JSON.stringify(name)}: ${value}`];
  });
  return `{\n${lines.join(",\n")}\n}`;
}
