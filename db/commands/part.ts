import type { PendingQuery, Row, Sql } from "postgres";

type Value = string | number | boolean | null | Uint8Array;

/** A piece of a statement: its text, and what stands in the gaps, which is a value or another piece. */
export class Part {
  constructor(
    readonly texts: readonly string[],
    readonly gaps: readonly (Value | Part)[],
  ) {}
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
  const { text, values } = written(whole);
  return sql.unsafe<[...Rows]>(text, values, { prepare: true });
}

/** The whole text with a number for each value, and the values as the database can take them. */
export function written(whole: Part): { text: string; values: Value[] } {
  const values: Value[] = [];
  const shape = shapeOf(whole, shapes, values);
  shape.text ??= textOf(whole, "", { count: 0 });
  return { text: shape.text, values };
}

/**
 * Statements are made of the same pieces again and again, and their texts are long: each is written once. A shape stands
 * for the pieces and gaps up to one place; a template is known by its texts, which are one object for all its uses.
 */
type Shape = { text?: string; afterValue?: Shape; afterTexts?: Map<readonly string[], Shape> };

const shapes: Shape = {};

/** Follows the pieces from a known shape on, and takes their values along. */
function shapeOf(piece: Part, before: Shape, values: Value[]): Shape {
  before.afterTexts ??= new Map();
  let shape = before.afterTexts.get(piece.texts);
  if (shape === undefined) {
    shape = {};
    before.afterTexts.set(piece.texts, shape);
  }
  for (const gap of piece.gaps) {
    if (gap instanceof Part) shape = shapeOf(gap, shape, values);
    else {
      values.push(typeof gap === "string" && gap.includes("\u0000") ? withoutNul(gap) : gap);
      shape.afterValue ??= {};
      shape = shape.afterValue;
    }
  }
  return shape;
}

/**
 * Postgres text takes no NUL character, and JSON there no half of a pair either. A message keeps them in its bytes; in the
 * readable copy NUL becomes its own printable symbol, so that one odd character cannot make a message unstorable.
 *
 * A value of a statement needs none of this by its caller; what goes into JSON does.
 */
export function withoutNul<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll("\u0000", "\u2400").toWellFormed()) as T;
}

function textOf(piece: Part, before: string, numbered: { count: number }): string {
  let text = before + piece.texts[0];
  for (const [place, gap] of piece.gaps.entries()) {
    if (gap instanceof Part) text = textOf(gap, text, numbered);
    else {
      numbered.count += 1;
      text += `$${numbered.count}`;
    }
    text += piece.texts[place + 1];
  }
  return text;
}
