import { type CsvRecord, readCsv, unguarded } from "@/lib/domain/csv";
import { mostPlanLines } from "@/lib/domain/refund-plan";
import { refundReasons } from "@/lib/domain/refund-reasons";
import { err, ok, type Result } from "@/lib/domain/result";

/** One refund as a person listed it. Empty: all that is left, the plan's own reason, no note. */
export type TypedLine = { line: number; number: string; amount: string; reason: string; note: string };
export type LineProblem = { line: number; message: string };

/**
 * Reads a list of refunds from text: order or gateway number, amount, reason and note, separated by comma, semicolon or
 * tab, with or without a line of names. Every line that is not empty becomes one line of the plan, or nothing is read.
 */
export function readPlanLines(text: string): Result<TypedLine[], LineProblem[]> {
  if (text.includes("\u0000")) return err([{ line: 1, message: "This is not text. Save the list as CSV, UTF-8." }]);
  if (text.includes("\uFFFD"))
    return err([{ line: 1, message: "Some letters cannot be read. Save the list as UTF-8." }]);
  const split = readCsv(text, separatorOf(text));
  if (!split.ok) return err([split.error]);
  const [first, ...rest] = split.value;
  if (!first) return err([{ line: 1, message: "There is no line in it." }]);
  const named = columnsNamedBy(first);
  if (named && !named.ok) return named;
  const columns = named ? named.value : usualColumns;
  const records = named ? rest : split.value;
  if (records.length === 0) return err([{ line: first.line, message: "There is no line below the names." }]);
  if (records.length > mostPlanLines) {
    const message = `There are ${records.length} lines; a plan has at most ${mostPlanLines}. Make several plans.`;
    return err([{ line: records[mostPlanLines]?.line ?? 1, message }]);
  }
  const lines = records.map((record) => typedLineOf(record, columns));
  const problems = lines.flatMap((line, index) => problemsOf(line, records[index]?.cells.length ?? 0, columns.length));
  return problems.length > 0 ? err(problems) : ok(lines);
}

type Column = "number" | "amount" | "reason" | "note";

const usualColumns: readonly Column[] = ["number", "amount", "reason", "note"];

const columnNames: Readonly<Record<string, Column>> = {
  number: "number",
  order: "number",
  ordernumber: "number",
  orderno: "number",
  mchorderno: "number",
  payorderid: "number",
  gatewaynumber: "number",
  amount: "amount",
  refundamount: "amount",
  reason: "reason",
  refundreason: "reason",
  note: "note",
};

/** No number holds a separator, so the one after which the first cell is a number or a name is the right one. */
function separatorOf(text: string): string {
  const fits = [",", ";", "\t"].map((separator) => {
    const cells = firstRecord(text, separator)?.cells ?? [];
    const start = cellText(cells[0]);
    const isStart = columnOf(start) !== null || numberPattern.test(start);
    return { separator, columns: isStart && !/[,;\t]/.test(start) ? cells.length : 0 };
  });
  return fits.toSorted((a, b) => b.columns - a.columns)[0]?.separator ?? ",";
}

function firstRecord(text: string, separator: string): CsvRecord | undefined {
  const read = readCsv(text, separator);
  return read.ok ? read.value[0] : undefined;
}

/** `null` when the line is no line of names. */
function columnsNamedBy({ line, cells }: CsvRecord): Result<Column[], LineProblem[]> | null {
  if (columnOf(cellText(cells[0])) === null) return null;
  const columns = cells.map((cell) => columnOf(cellText(cell)));
  const unknown = cells.filter((_, index) => columns[index] === null);
  if (unknown.length > 0) {
    const names = unknown.map((name) => `“${name.trim()}”`).join(", ");
    return err([{ line, message: `Unknown column ${names}. Known are number, amount, reason and note.` }]);
  }
  const known = columns.filter((column) => column !== null);
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  if (twice) return err([{ line, message: `There are two columns of the kind “${twice}”.` }]);
  if (!known.includes("number")) return err([{ line, message: "No column is called number." }]);
  return ok(known);
}

function columnOf(name: string): Column | null {
  const plain = name.toLowerCase().replace(/[\s_-]+/g, "");
  return Object.hasOwn(columnNames, plain) ? (columnNames[plain] ?? null) : null;
}

function typedLineOf({ line, cells }: CsvRecord, columns: readonly Column[]): TypedLine {
  const textOf = (column: Column) => cellText(cells[columns.indexOf(column)]);
  return {
    line,
    number: textOf("number"),
    amount: textOf("amount"),
    reason: reasonText(textOf("reason")),
    note: textOf("note"),
  };
}

/** The text of a cell, also of one that was kept from being calculated: `'0012` or `="0012"`. Never a result. */
function cellText(cell = ""): string {
  const trimmed = cell.trim();
  return /^="([^"]*)"$/.exec(trimmed)?.[1]?.trim() ?? unguarded(trimmed).trim();
}

/** A reason of our list by its code or its words; anything else goes to the gateway as it stands. */
function reasonText(typed: string): string {
  const known = refundReasons.find(({ code, label }) => [code, label.toLowerCase()].includes(typed.toLowerCase()));
  return known?.label ?? typed;
}

// What can be a number of ours or the gateway's.
const numberPattern = /^[!-~]{1,64}$/;
const asNumber = /^[0-9](\.[0-9]+)?e\+?[0-9]+$/i;

function problemsOf(typed: TypedLine, cells: number, columns: number): LineProblem[] {
  const { line, number, amount, reason, note } = typed;
  const messages = [
    cells > columns
      ? `It has ${cells} cells where ${columns} are expected; quote a text that holds a separator.`
      : null,
    number === "" ? "The number of the order is missing." : null,
    asNumber.test(number)
      ? `A spreadsheet turned the number into ${number}. Format its column as text and fill it in again.`
      : null,
    number !== "" && !numberPattern.test(number) ? "This is not a number of an order." : null,
    amount.length > 20 ? "This is not an amount." : null,
    reason.length > 64 ? "The reason is longer than 64 characters." : null,
    note.length > 64 ? "The note is longer than 64 characters." : null,
  ];
  return messages.filter((message) => message !== null).map((message) => ({ line, message }));
}
