import { compareIgnoringCase } from "@/lib/gateway/java-text";
import { arranging, type Mistake, replacing } from "../mistake";
import type { Piece } from "../recipe";
import { percentEncoded } from "./texts";

const sorted = "Sort the fields by name, without regard to case, before you join them.";
const joined = "Join the fields as name=value with & between them, then add &key= and the secret.";

const orders: Mistake[] = [
  arranging(() => 0, {
    ...{ label: "unsorted", likelihood: 1, entry: "SIG-06" },
    what: "The fields were left in the order in which they were written.",
    fix: sorted,
  }),
  arranging((left, right) => byCode(left.name, right.name), {
    ...{ label: "case_sensitive_sort", likelihood: 1, entry: "SIG-06" },
    what: "Names were sorted by character code, capitals first, as the documentation says; the gateway sorts without regard to case.",
    fix: "Avoid names that begin with a capital, or sort without regard to case.",
  }),
  arranging((left, right) => compareIgnoringCase(left.name, right.name), {
    ...{ label: "name_only_ci_sort", likelihood: 2, entry: "SIG-06" },
    what: "Names alone were compared; the gateway compares name=value, so a digit, dot or dash after a shared beginning comes before the equals sign.",
    fix: "Compare whole pieces, name=value, without regard to case.",
  }),
  arranging((left, right) => byCode(pieceText(left), pieceText(right)), {
    ...{ label: "case_sensitive_piece_sort", likelihood: 3, entry: "SIG-06" },
    what: "Whole name=value pieces were sorted by character code, capitals first; the gateway sorts without regard to case.",
    fix: "Compare whole pieces without regard to case.",
  }),
  arranging((left, right) => byCode(right.name, left.name), {
    ...{ label: "reverse_sorted", likelihood: 3, entry: "SIG-06" },
    what: "The fields were sorted from z to a.",
    fix: sorted,
  }),
  arranging((left, right) => byCode(left.text, right.text), {
    ...{ label: "sorted_by_value", likelihood: 2, entry: "SIG-06" },
    what: "The fields were sorted by their values, not by their names.",
    fix: sorted,
  }),
  arranging((left, right) => left.name.length - right.name.length || byCode(left.name, right.name), {
    ...{ label: "sorted_by_length", likelihood: 3, entry: "SIG-06" },
    what: "The fields were sorted by the length of their names.",
    fix: sorted,
  }),
  replacing(
    { arrange: (pieces) => pieces.reverse() },
    {
      ...{ label: "order_reversed", likelihood: 4, entry: "SIG-06", isAlone: true },
      what: "The fields were left in the reverse of the order in which they were written.",
      fix: sorted,
    },
  ),
];

function byCode(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function pieceText({ name, text }: Piece): string {
  return `${name}=${text}`;
}

const separators: Mistake[] = [
  separated(
    "&amp;",
    "html_ampersand_joined",
    2,
    "&amp;, the HTML spelling of the ampersand that some copies of the documentation print",
  ),
  separated("", "joined_without_separator", 2, "nothing between them"),
  separated(",", "joined_with_comma", 3, "commas"),
  separated("\n", "joined_with_newline", 3, "line ends"),
  separated("&&", "joined_with_two_ampersands", 3, "two ampersands"),
  separated("|", "joined_with_bar", 4, "bars"),
  separated(";", "joined_with_semicolon", 4, "semicolons"),
  separated(" ", "joined_with_space", 4, "spaces"),
];

function separated(separator: string, label: string, likelihood: Mistake["likelihood"], how: string): Mistake {
  return replacing(
    { separator },
    {
      ...{ label, likelihood, entry: "SIG-08", ...(likelihood === 4 ? { isAlone: true as const } : {}) },
      what: `The fields were joined with ${how}.`,
      fix: joined,
    },
  );
}

/** How the fields become one text. `body` is the message as it was sent, `null` when that is no JSON. */
export function joiningMistakes(body: string | null): Mistake[] {
  return [...orders, ...separators, ...shapes, ...(body === null ? [] : bodyHashed(body))];
}

const shapes: Mistake[] = [
  replacing(
    { pair: ({ text }) => text, separator: "", place: ({ list, key }) => `${list}${key}` },
    {
      ...{ label: "values_only", likelihood: 2, entry: "SIG-08" },
      what: "Only the values and the key were joined, without names and separators.",
      fix: joined,
    },
  ),
  ...["", "&"].map((separator) =>
    replacing(
      { pair: ({ text }) => text, separator, place: ({ list, key }) => `${list}&key=${key}` },
      {
        ...{ label: "values_only", likelihood: 3 as const, entry: "SIG-08", isAlone: true as const },
        what: "Only the values were joined, without their names.",
        fix: joined,
      },
    ),
  ),
  replacing(
    { pair: ({ name, text }) => `${name}${text}`, separator: "" },
    {
      ...{ label: "names_and_values_glued", likelihood: 3, entry: "SIG-08" },
      what: "Names and values were joined without = and &.",
      fix: joined,
    },
  ),
  replacing(
    { pair: ({ name, text }) => `${name}:${text}` },
    {
      ...{ label: "colon_for_equals", likelihood: 4, entry: "SIG-08", isAlone: true },
      what: "A colon stood between name and value.",
      fix: joined,
    },
  ),
  replacing(
    { finishList: (list) => `&${list}` },
    {
      ...{ label: "leading_amp", likelihood: 2, entry: "SIG-08" },
      what: "The text begins with &.",
      fix: joined,
    },
  ),
  replacing(
    { finishList: (list) => `?${list}` },
    {
      ...{ label: "leading_question_mark", likelihood: 4, entry: "SIG-08", isAlone: true },
      what: "The text begins with ?, like the query of an address.",
      fix: joined,
    },
  ),
  ...[percentEncoded, formEncoded, encodeLoosely].map((encode, at) =>
    replacing(
      { finishList: encode },
      {
        ...{ label: "whole_string_url_encoded", likelihood: at === 0 ? 2 : 3, entry: "SIG-11" },
        ...(at === 0 ? {} : { isAlone: true as const }),
        what: "The joined text was URL-encoded as a whole before the key was added.",
        fix: "Do not encode what you sign.",
      },
    ),
  ),
  replacing(
    { finish: percentEncoded },
    {
      ...{ label: "whole_string_url_encoded", likelihood: 3, entry: "SIG-11", isAlone: true },
      what: "The joined text was URL-encoded as a whole, key included.",
      fix: "Do not encode what you sign.",
    },
  ),
  replacing(
    { finish: (text) => text.toUpperCase() },
    {
      ...{ label: "string_uppercased", likelihood: 2 },
      what: "The whole text was put into upper case before hashing; only the digest belongs in upper case.",
      fix: "Hash first, then put the digest into upper case.",
    },
  ),
  replacing(
    { finish: (text) => text.toLowerCase() },
    {
      ...{ label: "string_lowercased", likelihood: 3 },
      what: "The whole text was put into lower case before hashing.",
      fix: "Hash the text as it is; only the digest is put into upper case.",
    },
  ),
];

function formEncoded(text: string): string {
  return percentEncoded(text).replaceAll("%20", "+");
}

function encodeLoosely(text: string): string {
  return encodeURI(text.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

function bodyHashed(body: string): Mistake[] {
  const said = {
    ...{ label: "json_body_hashed", entry: "SIG-06" },
    fix: `The JSON is not signed, its fields are. ${joined}`,
  };
  return [
    replacing(
      { finishList: () => body, place: ({ list, key }) => `${list}${key}` },
      { ...said, likelihood: 2, what: "The JSON body with the key behind it was hashed, not the sorted fields." },
    ),
    replacing(
      { finishList: () => body },
      {
        ...said,
        ...{ likelihood: 2, isAlone: true },
        what: "The JSON body with &key= behind it was hashed, not the sorted fields.",
      },
    ),
    replacing(
      { finishList: () => body, place: ({ list, key }) => `${key}${list}` },
      {
        ...said,
        ...{ likelihood: 3, isAlone: true },
        what: "The key and the JSON body were hashed, not the sorted fields.",
      },
    ),
    replacing(
      { finishList: () => body, place: ({ list }) => list },
      { ...said, ...{ likelihood: 2, isAlone: true }, what: "The JSON body alone was hashed, without a key." },
    ),
  ];
}
