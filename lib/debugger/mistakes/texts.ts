import { asciiOnly } from "../json-style";
import { type Mistake, rewriting, type Said } from "../mistake";

const raw = "Sign the values as they are. Encode them only for the way, after the signature is made.";
const same = "Sign exactly the text that you send.";

/** Values that were changed on their way into the text: nearest to the data first. */
export const textMistakes: Mistake[] = [
  rewriting((text, { value }) => (value.kind === "boolean" ? (value.value ? "True" : "False") : text), {
    ...{ label: "bool_capitalised", likelihood: 2 },
    what: "Booleans were signed as True and False, as Python prints them.",
    fix: "Sign booleans as true and false.",
  }),
  rewriting((text, { value }) => (value.kind === "boolean" ? (value.value ? "1" : "0") : text), {
    ...{ label: "bool_as_number", likelihood: 2 },
    what: "Booleans were signed as 1 and 0.",
    fix: "Sign booleans as true and false.",
  }),
  rewriting((text, { value }) => (value.kind === "boolean" ? (value.value ? "1" : "") : text), {
    ...{ label: "bool_as_php", likelihood: 3, isAlone: true },
    what: "Booleans were signed as 1 and nothing, as PHP prints them.",
    fix: "Sign booleans as true and false.",
  }),
  onWords((text) => text.trim(), {
    ...{ label: "values_trimmed", likelihood: 2, entry: "SIG-12" },
    what: "Spaces around values were removed before signing, but sent.",
    fix: "Trim values first, then sign and send the same text.",
  }),
  onWords((text) => text.replaceAll("\r\n", "\n"), {
    ...{ label: "newlines_normalised", likelihood: 2, entry: "SIG-12" },
    what: "Line ends inside a value were changed from CRLF to LF before signing.",
    fix: same,
  }),
  onWords((text) => text.replace(/\r?\n/g, "\r\n"), {
    ...{ label: "newlines_to_crlf", likelihood: 3, entry: "SIG-12" },
    what: "Line ends inside a value were changed from LF to CRLF before signing.",
    fix: same,
  }),
  onWords((text) => text.replace(/[\r\n]+/g, ""), {
    ...{ label: "newlines_removed", likelihood: 4, entry: "SIG-12", isAlone: true },
    what: "Line ends inside a value were removed before signing.",
    fix: same,
  }),
  onWords((text) => text.replace(/\s+/g, ""), {
    ...{ label: "spaces_removed", likelihood: 4, entry: "SIG-12", isAlone: true },
    what: "Spaces inside values were removed before signing.",
    fix: same,
  }),
  onWords((text) => text.normalize("NFC"), {
    ...{ label: "unicode_composed", likelihood: 3, entry: "SIG-12" },
    what: "Accents that stand as characters of their own were joined to their letters (NFC) before signing.",
    fix: same,
  }),
  onWords((text) => text.normalize("NFD"), {
    ...{ label: "unicode_decomposed", likelihood: 4, entry: "SIG-12", isAlone: true },
    what: "Accented letters were split into letter and accent (NFD) before signing.",
    fix: same,
  }),
  onWords((text) => text.replace(/[^\0-\x7f]/gu, ""), {
    ...{ label: "non_ascii_removed", likelihood: 3, entry: "SIG-17", isAlone: true },
    what: "Characters outside ASCII were removed before signing, but sent.",
    fix: "Chinese text needs no removing: sign the UTF-8 text as it is.",
  }),
  onWords((text) => text.replaceAll("+", " "), {
    ...{ label: "plus_read_as_space", likelihood: 2, entry: "SIG-21" },
    what: "A plus sign in a value became a space before signing.",
    fix: "Do not decode a value that is not encoded.",
  }),
  onWords((text) => text.replaceAll(" ", "+"), {
    ...{ label: "space_was_plus", likelihood: 2, entry: "SIG-21" },
    what: "A space in a value was a plus sign when it was signed: it was sent without encoding.",
    fix: "Percent-encode form values (+ becomes %2B), or send JSON.",
  }),
  ...eachPlus(),
  onWords(decoded, {
    ...{ label: "url_decoded", likelihood: 2, entry: "SIG-11" },
    what: "Values were percent-decoded once too often before signing.",
    fix: raw,
  }),
  onWords((text) => decoded(text.replaceAll("+", " ")), {
    ...{ label: "url_decoded", likelihood: 3, entry: "SIG-11", isAlone: true },
    what: "Values were form-decoded once too often before signing.",
    fix: raw,
  }),
  onWords((text) => escapedHtml(text, "&#39;"), {
    ...{ label: "html_escaped_values", likelihood: 2, entry: "SIG-12" },
    what: "Values were escaped for HTML (& became &amp;) before signing.",
    fix: "Escape for HTML only where you show a page, not before you sign.",
  }),
  ...["&#039;", "&#x27;", "&apos;", "'"].map((quote) =>
    onWords((text) => escapedHtml(text, quote), {
      ...{ label: "html_escaped_values", likelihood: 3, entry: "SIG-12", isAlone: true },
      what: `Values were escaped for HTML (& became &amp;, ' became ${quote}) before signing.`,
      fix: "Escape for HTML only where you show a page, not before you sign.",
    }),
  ),
  onWords((text) => text.replaceAll("&", "&amp;"), {
    ...{ label: "html_escaped_values", likelihood: 3, entry: "SIG-12", isAlone: true },
    what: "Ampersands in values were written &amp; before signing.",
    fix: "Escape for HTML only where you show a page, not before you sign.",
  }),
  onWords(unescapedHtml, {
    ...{ label: "html_unescaped_values", likelihood: 2, entry: "SIG-12" },
    what: "HTML escapes in values (&amp;) were turned back before signing, but sent.",
    fix: same,
  }),
  onWords(asciiOnly, {
    ...{ label: "unicode_escaped", likelihood: 2, entry: "SIG-17" },
    what: "Characters outside ASCII were signed as \\uXXXX escapes.",
    fix: "Read the JSON first; sign the characters, not their escapes.",
  }),
  onWords((text) => text.replace(/[^\0-\x7f]/g, (character) => `\\u${hex(character, 4).toUpperCase()}`), {
    ...{ label: "unicode_escaped", likelihood: 4, entry: "SIG-17", isAlone: true },
    what: "Characters outside ASCII were signed as \\uXXXX escapes with capital digits.",
    fix: "Read the JSON first; sign the characters, not their escapes.",
  }),
  onWords((text) => text.replaceAll("/", "\\/"), {
    ...{ label: "slashes_escaped", likelihood: 3, entry: "SIG-12" },
    what: "Slashes in values were signed with a backslash in front, as PHP writes JSON.",
    fix: "Sign the values, not their JSON spelling.",
  }),
  onWords((text) => text.replace(/['"\\]/g, "\\$&"), {
    ...{ label: "quotes_escaped", likelihood: 4, entry: "SIG-12", isAlone: true },
    what: "Quotation marks in values were signed with a backslash in front.",
    fix: "Sign the values, not their escaped spelling.",
  }),
  rewriting(percentEncoded, {
    ...{ label: "url_encoded_percent", likelihood: 2, entry: "SIG-11" },
    what: "Values were percent-encoded before signing (a space as %20).",
    fix: raw,
  }),
  rewriting((text) => percentEncoded(text).replaceAll("%20", "+").replaceAll("%2A", "*").replaceAll("~", "%7E"), {
    ...{ label: "url_encoded_plus", likelihood: 2, entry: "SIG-11" },
    what: "Values were form-encoded before signing (a space as +).",
    fix: raw,
  }),
  ...looseEncodings("url_encoded_plus", (text) => encodeURIComponent(wellFormed(text)).replaceAll("%20", "+")),
  ...looseEncodings("url_encoded_plus", (text) => percentEncoded(text).replaceAll("%20", "+")),
  rewriting((text) => percentEncoded(text).replaceAll("%2F", "/"), {
    ...{ label: "url_encoded_slashes_kept", likelihood: 2, entry: "SIG-11" },
    what: "Values were percent-encoded before signing, with slashes left alone.",
    fix: raw,
  }),
  ...looseEncodings("url_encoded_percent", (text) => encodeURIComponent(wellFormed(text))),
  ...looseEncodings("url_encoded_percent", (text) => encodeURI(wellFormed(text))),
  ...looseEncodings("url_encoded_percent", (text) => lowerEscapes(percentEncoded(text))),
  ...looseEncodings("url_encoded_plus", (text) => lowerEscapes(percentEncoded(text)).replaceAll("%20", "+")),
  rewriting((text, { value }) => (value.kind === "text" ? `"${text}"` : text), {
    ...{ label: "values_quoted", likelihood: 2, entry: "SIG-12" },
    what: "Texts were signed with their quotation marks.",
    fix: "Sign the value alone, without the marks that JSON puts around it.",
  }),
  rewriting((text, { value }) => (value.kind === "text" ? JSON.stringify(text) : text), {
    ...{ label: "values_quoted", likelihood: 3, entry: "SIG-12", isAlone: true },
    what: "Texts were signed in their JSON spelling, with quotation marks and escapes.",
    fix: "Sign the value alone, without the marks that JSON puts around it.",
  }),
];

/** Numbers and booleans pass through such changes as they are, and looking at them would only cost time. */
function onWords(rewrite: (text: string) => string, said: Said): Mistake {
  return rewriting(
    (text, { value }) => (value.kind === "number" || value.kind === "boolean" ? text : rewrite(text)),
    said,
  );
}

/** A text with several spaces, of which one was a plus sign. */
function eachPlus(): Mistake[] {
  return [0, 1, 2, 3, 4].map((at) =>
    onWords((text) => withPlusAt(text, at), {
      ...{ label: "space_was_plus", likelihood: 3, entry: "SIG-21", isAlone: true },
      what: "A space in a value was a plus sign when it was signed: it was sent without encoding.",
      fix: "Percent-encode form values (+ becomes %2B), or send JSON.",
    }),
  );
}

function withPlusAt(text: string, wanted: number): string {
  let at = -1;
  return text.replace(/ /g, (space) => (++at === wanted ? "+" : space));
}

function looseEncodings(
  label: "url_encoded_percent" | "url_encoded_plus",
  rewrite: (text: string) => string,
): Mistake[] {
  const space = label === "url_encoded_plus" ? "+" : "%20";
  return [
    rewriting(rewrite, {
      ...{ label, likelihood: 3, entry: "SIG-11", isAlone: true },
      what: `Values were percent-encoded before signing (a space as ${space}, some signs left alone).`,
      fix: raw,
    }),
  ];
}

/** Everything but letters, digits and `-_.~`, as RFC 3986 has it. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (character) => `%${hex(character, 2).toUpperCase()}`);
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

function lowerEscapes(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escapedHtml(text: string, quote: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", quote);
}

function unescapedHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replace(/&#0?39;|&#x27;|&apos;/g, "'")
    .replaceAll("&amp;", "&");
}
