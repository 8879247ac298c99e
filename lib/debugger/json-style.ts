import type { WireMember, WireValue } from "@/lib/gateway/wire-fields";

/** How a program writes JSON. Left out: compact, in the order of arrival, escaping no more than it must. */
export type JsonStyle = {
  readonly order?: "sorted" | "reversed";
  readonly spacing?: "spaced" | "pretty";
  readonly isAscii?: boolean;
  readonly escapesSlashes?: boolean;
  readonly escapesHtml?: boolean;
  readonly isPythonRepr?: boolean;
  /** The text once more as a JSON string. */
  readonly isTwice?: boolean;
};

export function writeJson(value: WireValue, style: JsonStyle = {}): string {
  const text = write(value, style, "");
  return style.isTwice ? quoted(text, style) : text;
}

function write(value: WireValue, style: JsonStyle, indent: string): string {
  switch (value.kind) {
    case "text":
      return style.isPythonRepr ? pythonText(value.text) : quoted(value.text, style);
    case "number":
      return value.literal;
    case "boolean":
      return style.isPythonRepr ? (value.value ? "True" : "False") : String(value.value);
    case "null":
      return style.isPythonRepr ? "None" : "null";
    case "list":
      return bracketed(
        "[",
        "]",
        value.items.map((item) => write(item, style, `${indent}  `)),
        style,
        indent,
      );
    case "object": {
      const colon = style.spacing || style.isPythonRepr ? ": " : ":";
      const pieces = inOrder(value.members, style).map(({ name, value: inner }) => {
        const key = style.isPythonRepr ? pythonText(name) : quoted(name, style);
        return `${key}${colon}${write(inner, style, `${indent}  `)}`;
      });
      return bracketed("{", "}", pieces, style, indent);
    }
  }
}

function bracketed(open: string, close: string, pieces: readonly string[], style: JsonStyle, indent: string): string {
  if (pieces.length === 0) return `${open}${close}`;
  if (style.spacing === "pretty") {
    return `${open}\n${pieces.map((piece) => `${indent}  ${piece}`).join(",\n")}\n${indent}${close}`;
  }
  return `${open}${pieces.join(style.spacing === "spaced" || style.isPythonRepr ? ", " : ",")}${close}`;
}

function inOrder(members: readonly WireMember[], { order }: JsonStyle): readonly WireMember[] {
  if (order === "reversed") return [...members].reverse();
  if (order === "sorted") return [...members].sort((left, right) => (left.name < right.name ? -1 : 1));
  return members;
}

function quoted(text: string, style: JsonStyle): string {
  let json = JSON.stringify(text);
  if (style.escapesSlashes) json = json.replaceAll("/", "\\/");
  if (style.escapesHtml) json = json.replace(/[<>&]/g, unicodeEscape);
  return style.isAscii ? asciiOnly(json) : json;
}

/** Everything outside ASCII as `\uXXXX`, one escape for each UTF-16 unit. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\0-\x7f]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}
