import type { WireMember } from "@/lib/gateway/wire-fields";
import type { JsonStyle } from "../json-style";
import { type Mistake, rewriting, type Said, styling } from "../mistake";
import { nestedIn } from "../recipe";

/** JSON inside the message that was written anew before signing. */
export function nestedMistakes(members: readonly WireMember[]): Mistake[] {
  const hasJsonText = members.some(({ value }) => nestedIn(value) !== null);
  const hasObject = members.some(({ value }) => value.kind === "object" || value.kind === "list");
  return [...(hasJsonText ? inTexts : []), ...(hasObject ? asObjects : [])];
}

const sendText = "Build the text of channelExtra once; sign that text and send that same text, as a JSON string.";

const inTexts: Mistake[] = [
  inText("nested_spaced", { spacing: "spaced" }, "with spaces after commas and colons", 2),
  inText("nested_compact", {}, "without spaces", 3),
  inText("nested_sorted", { order: "sorted" }, "with its members sorted", 2),
  inText("nested_reordered", { order: "reversed" }, "with its members in reverse order", 3),
  inText("nested_pretty", { spacing: "pretty" }, "with line breaks and indents", 2),
  inText("nested_ascii", { isAscii: true }, "with characters outside ASCII escaped", 2),
  inText("nested_slash_escaped", { escapesSlashes: true }, "with its slashes escaped, as PHP does", 2),
  inText("nested_html_escaped", { escapesHtml: true }, "with < > & as \\u003c \\u003e \\u0026, as Go does", 2),
  inText("nested_double_encoded", { isTwice: true }, "and then encoded as a JSON string once more", 2),
];

function inText(label: string, style: JsonStyle, how: string, likelihood: Said["likelihood"]): Mistake {
  return styling("jsonTexts", style, {
    ...{ label, likelihood, entry: "SIG-13" },
    what: `The JSON inside a field was written anew before signing, ${how}.`,
    fix: sendText,
  });
}

const asObjects: Mistake[] = [
  asObject(
    "object_in_sent_order",
    {},
    "in the order in which it was sent; the gateway signs it in an order of its own",
    1,
  ),
  asObject("object_spaced", { spacing: "spaced" }, "with spaces after commas and colons", 2),
  asObject("object_sorted", { order: "sorted" }, "with its members sorted", 3),
  asObject("object_pretty", { spacing: "pretty" }, "with line breaks and indents", 4),
  asObject("object_ascii", { isAscii: true }, "with characters outside ASCII escaped", 3),
  asObject("object_slash_escaped", { escapesSlashes: true }, "with its slashes escaped, as PHP does", 3),
  asObject("object_html_escaped", { escapesHtml: true }, "with < > & escaped, as Go does", 4),
  asObject("object_python_repr", { isPythonRepr: true }, "with single quotes, as Python prints it", 2),
  asWord("[object Object]", "object_as_object_Object", "the text [object Object], as JavaScript prints it", 1),
  asWord("Array", "object_as_array_word", "the word Array, as PHP prints it", 3),
];

function asObject(label: string, style: JsonStyle, how: string, likelihood: Said["likelihood"]): Mistake {
  return styling("objects", style, {
    ...{ label, likelihood, entry: "SIG-13" },
    what: `A nested object was signed ${how}.`,
    fix: `Do not send nested objects. ${sendText}`,
  });
}

function asWord(word: string, label: string, how: string, likelihood: Said["likelihood"]): Mistake {
  return rewriting((text, { value }) => (value.kind === "object" || value.kind === "list" ? word : text), {
    ...{ label, likelihood, entry: "SIG-13" },
    what: `A nested object was signed as ${how}.`,
    fix: `Do not send nested objects. ${sendText}`,
  });
}
