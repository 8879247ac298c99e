/** A stretch of text, or one character that the eye misses or takes for another. */
export type Run =
  | { readonly text: string; readonly hidden: null }
  | { readonly text: string; readonly hidden: HiddenCharacter };

export type HiddenCharacter = {
  /** `U+00A0`. */
  readonly code: string;
  /** A few letters to draw in its place, such as `NBSP`. */
  readonly short: string;
  /** `no-break space`. */
  readonly name: string;
};

/** Splits a text so that everything in it can be seen: controls, odd spaces, what has no width, full-width letters. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let end = 0;
  for (const match of text.matchAll(suspicious)) {
    const hidden = hiddenCharacter(match[0], text, match.index);
    if (hidden === null) continue;
    if (match.index > end) runs.push({ text: text.slice(end, match.index), hidden: null });
    runs.push({ text: match[0], hidden });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), hidden: null });
  return runs;
}

export type HiddenPlace = HiddenCharacter & {
  readonly field: string;
  /** It stands in the name of the field, not in its value. */
  readonly isInName: boolean;
  /** Counted from 1, in characters as people count them. */
  readonly at: number;
};

/** Where hidden characters stand in these fields, names included. */
export function hiddenPlaces(fields: readonly (readonly [name: string, text: string])[]): HiddenPlace[] {
  return fields.flatMap(([field, text]) => [
    ...placesIn(field).map((place) => ({ ...place, field, isInName: true })),
    ...placesIn(text).map((place) => ({ ...place, field, isInName: false })),
  ]);
}

function placesIn(text: string): (HiddenCharacter & { at: number })[] {
  let at = 1;
  return runsOf(text).flatMap((run) => {
    const here = at;
    at += [...run.text].length;
    return run.hidden ? [{ ...run.hidden, at: here }] : [];
  });
}

function hiddenCharacter(character: string, text: string, index: number): HiddenCharacter | null {
  const code = character.codePointAt(0) ?? 0;
  const isBetweenPictures = code === 0x200d && /\p{Extended_Pictographic}\uFE0F?$/u.test(text.slice(0, index));
  if (isBetweenPictures) return null;
  if (code === 0x20) {
    const isAtEdge = index === 0 || index === text.length - 1;
    return isAtEdge ? { code: "U+0020", short: "space", name: "space at the edge" } : null;
  }
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code >= 0xff00 && code <= 0xff5e) {
    return { code: hex, short: character, name: `full-width ${String.fromCharCode(code - 0xfee0)}` };
  }
  const [short, name] = names[code] ?? [hex, "invisible character"];
  return { code: hex, short, name };
}

const names: Readonly<Record<number, readonly [short: string, name: string]>> = {
  0: ["NUL", "null character"],
  9: ["TAB", "tab"],
  10: ["LF", "line end"],
  13: ["CR", "carriage return"],
  27: ["ESC", "escape"],
  127: ["DEL", "delete"],
  133: ["NEL", "next line"],
  160: ["NBSP", "no-break space"],
  173: ["SHY", "soft hyphen"],
  8199: ["FIGSP", "figure space"],
  8201: ["THSP", "thin space"],
  8203: ["ZWSP", "zero-width space"],
  8204: ["ZWNJ", "zero-width non-joiner"],
  8205: ["ZWJ", "zero-width joiner"],
  8206: ["LRM", "left-to-right mark"],
  8207: ["RLM", "right-to-left mark"],
  8232: ["LS", "line separator"],
  8233: ["PS", "paragraph separator"],
  8239: ["NNBSP", "narrow no-break space"],
  8288: ["WJ", "word joiner"],
  12288: ["IDSP", "full-width space"],
  65279: ["BOM", "byte order mark"],
};

// Full-width brackets and commas belong into Chinese text; full-width letters, digits, & and = do not.
const suspicious =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0020\u007F-\u00A0\u00AD\u061C\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF\uFF06\uFF10-\uFF19\uFF1D\uFF21-\uFF3A\uFF41-\uFF5A\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Surrogate}/gu;
