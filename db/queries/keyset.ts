import { createHash } from "node:crypto";
import { asc, desc, gte, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { MerchantId } from "@/lib/domain/ids";
import { type DayRange, hongKongDay, type ListPage, type ListWindow } from "@/lib/domain/list-address";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** Where one row stands in a sorted list: the value it is sorted by (milliseconds or minor units), and its id among equals. */
type Position = { readonly value: Date | number; readonly id: string };

/** What one merchant's part of a list must end in, beside its own filters. */
type ListClauses = { readonly where: SQL | undefined; readonly orderBy: SQL[]; readonly limit: number };

export const rowsPerScreen = 50;

type List<By extends string, Row> = {
  scope: Scope;
  window: ListWindow<By>;
  /** Names the list and everything that decides which rows it has: a cursor of another list is not taken. */
  mark: readonly [name: string, filter: unknown];
  /** The column that each sort stands for. It must not be null. */
  columns: Readonly<Record<By, PgColumn>>;
  id: PgColumn;
  /** A query builder of one merchant's rows: its own filters and `clauses.where`, then `clauses.orderBy` and `clauses.limit`. */
  branch: (merchantId: MerchantId, clauses: ListClauses) => PromiseLike<Row[]>;
  positionOf: (row: Row, by: By) => Position;
  limit?: number;
};

/**
 * One screen of a list by keyset: each merchant's part is one index scan, and several are merged by the database in one
 * statement. Nothing is ever counted; the row after the last one tells whether there is more. Someone who pages back to
 * the beginning gets a full first screen, at the price of a second statement.
 */
export async function readListPage<By extends string, Row>(list: List<By, Row>): Promise<ListPage<Row>> {
  const { scope, window, limit = rowsPerScreen } = list;
  const seal = sealOf(scope, list.mark, window);
  const before = readCursor(window.before, seal);
  const after = before ? null : readCursor(window.after, seal);
  const found = await readRows(list, { before, after, limit: limit + 1 });
  if (before && found.length <= limit) return readListPage({ ...list, window: { ...window, before: null } });

  const rows = before ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const cursor = (row: Row | undefined) => (row ? writeCursor(list.positionOf(row, window.sort.by), seal) : null);
  return {
    rows,
    newer: before || after ? cursor(rows[0]) : null,
    older: before || found.length > limit ? cursor(rows.at(-1)) : null,
  };
}

/** Rows of whole days in Hong Kong. */
export function withinDays(column: PgColumn, { from, to }: DayRange): (SQL | undefined)[] {
  return [from ? gte(column, hongKongDay(from).begins) : undefined, to ? lt(column, hongKongDay(to).ends) : undefined];
}

async function readRows<By extends string, Row>(
  { scope, window: { sort }, columns, id, branch }: List<By, Row>,
  { before, after, limit }: { before: StoredPosition | null; after: StoredPosition | null; limit: number },
): Promise<Row[]> {
  const column = columns[sort.by];
  // Newer rows are read from their far end, so that the limit cuts there.
  const isDescending = (sort.direction === "desc") === (before === null);
  const clauses = (): ListClauses => ({
    where: beyond(column, id, before ?? after, isDescending),
    // New each time: the query builder changes the ones it is given for a union.
    orderBy: isDescending ? [desc(column), desc(id)] : [asc(column), asc(id)],
    limit,
  });
  const selects = merchantIdsOf(scope).map((merchantId) => branch(merchantId, clauses()));
  return mergeSelects(selects, clauses());
}

/** Several selects of the same columns as one statement. With one there is nothing to merge, with none nothing to ask. */
export async function mergeSelects<Row>(
  selects: readonly PromiseLike<Row[]>[],
  { orderBy, limit }: { orderBy: SQL[]; limit: number },
): Promise<Row[]> {
  const [first, ...rest] = selects.map(mergeable);
  if (!first) return [];
  if (rest.length === 0) return await first;
  const whole = rest.reduce((merged, next) => merged.unionAll(next), first);
  return await whole.orderBy(...orderBy).limit(limit);
}

/** A row comparison, which one index scan can begin at. Its values go through the columns' encoders. */
function beyond(column: PgColumn, id: PgColumn, position: StoredPosition | null, isDescending: boolean) {
  if (!position) return undefined;
  const value = column.dataType === "date" ? new Date(position.value) : position.value;
  const seen = sql`(${sql.param(value, column)}, ${sql.param(position.id, id)})`;
  return isDescending ? sql`(${column}, ${id}) < ${seen}` : sql`(${column}, ${id}) > ${seen}`;
}

type StoredPosition = { value: number; id: string };

function sealOf({ environment }: Scope, mark: readonly [string, unknown], { sort }: ListWindow<string>): string {
  const text = JSON.stringify([environment, mark, sort]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 12);
}

function writeCursor({ value, id }: Position, seal: string): string {
  const number = value instanceof Date ? value.getTime() : value;
  return Buffer.from(JSON.stringify([seal, number, id])).toString("base64url");
}

/**
 * The position a cursor names, null when it belongs to another list or is none of ours. It need not be authentic: whoever
 * makes one up still reads only what the same list would show on some page.
 */
function readCursor(text: string | null, seal: string): StoredPosition | null {
  if (text === null) return null;
  const read = Cursor.safeParse(Buffer.from(text, "base64url").toString("utf8"));
  if (!read.success || read.data[0] !== seal) return null;
  return { value: read.data[1], id: read.data[2] };
}

const Cursor = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "not a cursor" });
      return z.NEVER;
    }
  })
  .pipe(z.tuple([z.string(), z.int().min(0).max(8_640_000_000_000_000), z.uuid()]));

type Mergeable<Row> = PromiseLike<Row[]> & {
  unionAll(other: Mergeable<Row>): Mergeable<Row>;
  orderBy(...by: SQL[]): Mergeable<Row>;
  limit(count: number): Mergeable<Row>;
};

/**
 * Every select of the query builder has these methods, but its types cannot fold a list of selects whose length is only
 * known when it runs. Safe, because all branches come from one function and so have the same columns.
 */
function mergeable<Row>(select: PromiseLike<Row[]>): Mergeable<Row> {
  return select as Mergeable<Row>;
}
