import { err, ok, type Result } from "./result";

export type CsvRecord = { /** Counted from 1, where the record begins. */ line: number; cells: string[] };
type CsvProblem = { line: number; message: string };

/**
 * A cell to be written. A plain text can hold anything; an `id` is also kept from becoming a number or a date; a
 * `figure` is meant to be a number, in digits with at most one point.
 */
export type CsvCell = string | { id: string } | { figure: string } | null;

/**
 * Splits a text into records, quotes and line ends inside of quotes included. Empty lines are left out.
 *
 * Source: RFC 4180, with any separator and any line end.
 */
export function readCsv(text: string, separator: string): Result<CsvRecord[], CsvProblem> {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const records: CsvRecord[] = [];
  let record: CsvRecord = { line: 1, cells: [] };
  let line = 1;
  let place = 0;
  while (place <= source.length) {
    const cell = source[place] === '"' ? quotedCell(source, place) : plainCell(source, place, separator);
    if (cell === null) return err({ line, message: "A quote is opened and never closed." });
    line += lineEndsIn(source.slice(place, cell.end));
    record.cells.push(cell.value);
    const next = source[cell.end];
    place = cell.end + 1;
    if (next === separator) continue;
    if (next !== undefined && next !== "\r" && next !== "\n") {
      return err({ line, message: "Something stands between a closing quote and the next separator." });
    }
    if (record.cells.some((value) => value.trim() !== "")) records.push(record);
    if (next === "\r" && source[place] === "\n") place += 1;
    if (next === undefined || place === source.length) break;
    line += 1;
    record = { line, cells: [] };
  }
  return ok(records);
}

function quotedCell(source: string, start: number): { value: string; end: number } | null {
  let value = "";
  let from = start + 1;
  for (;;) {
    const quote = source.indexOf('"', from);
    if (quote === -1) return null;
    value += source.slice(from, quote);
    if (source[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

function plainCell(source: string, start: number, separator: string): { value: string; end: number } {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== "\r" && source[end] !== "\n") end += 1;
  return { value: source.slice(start, end), end };
}

function lineEndsIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** A text of records that no spreadsheet takes for formulas, with the mark that tells it the encoding. */
export function writeCsv(records: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${records.map((cells) => `${cells.map(writeCell).join(",")}\r\n`).join("")}`;
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "object" && "figure" in cell) {
    if (!/^-?[0-9]+(\.[0-9]+)?$/.test(cell.figure)) throw new Error(`${cell.figure} is not a figure.`);
    return cell.figure;
  }
  const text = typeof cell === "string" ? cell : cell.id;
  const isRisky = typeof cell === "string" ? formula.test(text) : formula.test(text) || mistakable.test(text);
  // A text that reading would take for a guarded one is guarded itself.
  const guarded = isRisky || unguarded(text) !== text ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text behind the apostrophe with which `writeCsv` and careful spreadsheets keep a cell from being calculated. */
export function unguarded(text: string): string {
  if (!text.startsWith("'")) return text;
  const inner = text.slice(1);
  return formula.test(inner) || mistakable.test(inner) ? inner : text;
}

// Also in full width, and behind the blanks and quotes that some programs take away first.
const formula = /^[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\s"']*[\t\r]/;
// What a spreadsheet makes a number or a date of: 1.2E+18, 2026-11, MAR-1.
const mistakable = /^[\s"']*([0-9.]|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]?[0-9])/i;
