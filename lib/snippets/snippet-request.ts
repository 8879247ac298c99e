import { err, ok, type Result } from "@/lib/domain/result";
import type { WireFields, WireMember } from "@/lib/gateway/fields";
import { javaText } from "@/lib/gateway/java-text";

/** A field as code writes it. A number is a whole one that no language rounds. */
export type SnippetField = readonly [name: string, value: string | number];

/** One request without its `sign`, which the code makes. `path` begins with a slash. */
export type SnippetCall = { readonly path: string; readonly fields: readonly SnippetField[] };

/** What a program of one language sends: as a rule one call. `baseUrl` has no slash at its end. */
export type SnippetProgram = {
  readonly baseUrl: string;
  readonly encoding: "json" | "form";
  readonly calls: readonly SnippetCall[];
};

/** Letters, digits and what every language and every form carries unchanged. All names of the protocol are such. */
const plainName = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/**
 * The fields as code can say them: without `sign`, null and empty, which take no part. Whole numbers stay numbers, and
 * everything else becomes the text that the gateway signs for it.
 *
 * @returns one sentence for a person when a field has no form that all languages share
 */
export function snippetFields(
  fields: WireFields,
  numberNames: ReadonlySet<string> = noNames,
): Result<SnippetField[], string> {
  const members = fields.names.flatMap((name): WireMember[] => {
    const value = fields.get(name);
    return value === undefined || name === "sign" || value.kind === "null" ? [] : [{ name, value }];
  });
  const written = members.map((member) => fieldOf(member, numberNames)).filter(([, value]) => value !== "");
  const folded = new Set(written.map(([name]) => name.toLowerCase()));
  if (folded.size !== written.length) return err("Two of its fields have names that differ only in their letter case.");
  for (const [name, value] of written) {
    if (!plainName.test(name)) return err(`The name ${JSON.stringify(name)} is none of the protocol.`);
    if (typeof value === "string" && !isWritable(value)) return err(`The value of ${name} cannot stand in code.`);
  }
  return ok(written);
}

const noNames: ReadonlySet<string> = new Set();

function fieldOf({ name, value }: WireMember, numberNames: ReadonlySet<string>): SnippetField {
  const text = javaText(value);
  const isNumber = value.kind === "number" || numberNames.has(name);
  return [name, isNumber && /^(?:0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text];
}

// No program takes a NUL from a command line, and half a surrogate pair has no bytes.
function isWritable(value: string): boolean {
  return !value.includes("\0") && value.isWellFormed();
}
