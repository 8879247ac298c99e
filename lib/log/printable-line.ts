/**
 * A line of JSON in which every character shows itself: the ones that JSON leaves raw and a terminal, a pager or another
 * reader of lines would act upon are written as escapes, which mean the same text. Those are the second set of control
 * characters with its own escape sequence, line and paragraph separators, and marks that turn the direction of writing.
 *
 * @param line  one event as JSON, with its line end; none of these characters can stand in it outside of a text
 */
export function inOnePrintableLine(line: string): string {
  return line.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const unprintable = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
