import type { PendingQuery, Row, Sql } from "postgres";

type Value = string | number | boolean | null | Uint8Array;

/** A piece of a statement: its text, and what stands in the gaps, which is a value or another piece. */
export class Part {
  constructor(
    private readonly texts: readonly string[],
    private readonly gaps: readonly (Value | Part)[],
  ) {}

  /** Its text after what comes before it, with a number for each value, which it adds to `values`. */
  writtenTo(before: string, values: Value[]): string {
    let text = before + this.texts[0];
    for (const [place, gap] of this.gaps.entries()) {
      text = gap instanceof Part ? gap.writtenTo(text, values) : `${text}$${values.push(gap)}`;
      text += this.texts[place + 1];
    }
    return text;
  }
}

/**
 * Writes a piece of a statement. The driver's own template does the same and makes a query of every piece, which in a
 * statement of forty pieces costs more than all the rest that we do with a notification.
 */
export function part(texts: TemplateStringsArray, ...gaps: (Value | Part)[]): Part {
  return new Part(texts, gaps);
}

/** Runs a statement made of pieces. Its text comes from our templates alone; everything else travels beside it. */
export function run<Rows extends readonly Row[]>(sql: Sql, whole: Part): PendingQuery<[...Rows]> {
  const values: Value[] = [];
  return sql.unsafe<[...Rows]>(whole.writtenTo("", values), values, { prepare: true });
}
