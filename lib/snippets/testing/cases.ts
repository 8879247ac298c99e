import fc from "fast-check";
import { WireFields } from "@/lib/gateway/fields";
import { fieldsOf, signingVectors } from "@/lib/gateway/vectors/read-vectors";
import { type SnippetField, snippetFields } from "@/lib/snippets/snippet-request";

/** Texts that end a string, a line, a command or a field somewhere. */
export const hardTexts: readonly string[] = [
  `He said "it's 5 o'clock"`,
  "back\\slash \\n \\u0041 \\\\ \\",
  "two\nlines\r\nand\ttab",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay as it is in every language
  "$HOME ${HOME} $(id) `id` #{x} {$x} %s %d %20",
  "A&B=C+D %20 key=x&sign=y",
  "奶茶 🧋 „ß“ İı e\u0301 \u00e9",
  "@/etc/hostname",
  "-d --data ; rm -rf x # comment // also /* this */",
  "'; echo no; '",
  "<b>&amp;</b> </script>",
  '{"payDataType":"codeUrl","note":"a \\"b\\""}',
  " leading and trailing ",
  "\u2028 \u2029 \u00a0 \ufeff \u200b \u202e \u0007 \u007f \u0085 \u001b",
  "\"\"\" ''' EOF ?> <?php",
  "null",
  "0",
];

const piece = fc.oneof(
  fc.constantFrom(...hardTexts, "'", '"', "\\", "$", "`", "&", "+", "%", "\n", "=", "\\u", "}", "{$"),
  fc.string({ unit: "binary", maxLength: 6 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
);
const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,6}$/).filter((one) => one.toLowerCase() !== "sign");
const value = fc.oneof({ arbitrary: text, weight: 5 }, { arbitrary: fc.nat({ max: 999_999_999_999_999 }), weight: 1 });
const message = fc.uniqueArray(fc.tuple(name, value), {
  selector: ([one]) => one.toLowerCase(),
  minLength: 1,
  maxLength: 6,
}) as fc.Arbitrary<SnippetField[]>;

export type VectorCase = { name: string; key: string; sign: string; fields: SnippetField[] };

/** The cases of the vectors that code can send: flat, with names that the protocol could have. */
export function vectorCases(): VectorCase[] {
  return signingVectors().flatMap((vector) => {
    const fields = snippetFields(WireFields.from(fieldsOf(vector)));
    if (!fields.ok || fields.value.length === 0) return [];
    return [{ name: vector.name, key: vector.key, sign: vector.sign, fields: fields.value }];
  });
}

/** Messages with everything that hurts, a new lot in each run. */
export function randomMessages(count: number): SnippetField[][] {
  const hard = hardTexts.map((one): SnippetField[] => [
    ["subject", one],
    ["amount", 100],
  ]);
  return [...hard, ...fc.sample(message, count)];
}
