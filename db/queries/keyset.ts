import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { MerchantId } from "@/lib/domain/ids";
import { type ListPage, type ListWindow, type Position, positionText } from "@/lib/domain/list-address";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";

/** What one merchant's part of a list must end in, beside its own filters. */
export type ListClauses = { readonly where: SQL | undefined; readonly orderBy: SQL[]; readonly limit: number };

export const rowsPerScreen = 50;

type List<By extends string, Row> = {
  scope: Scope;
  window: ListWindow<By>;
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
 * statement. Someone who pages back to the beginning gets a full first screen, at the price of a second statement.
 */
export async function readListPage<By extends string, Row>(list: List<By, Row>): Promise<ListPage<Row>> {
  const { window, limit = rowsPerScreen } = list;
  const found = await readRows(list, window, limit + 1);
  const isBackward = window.before !== null;
  if (isBackward && found.length <= limit) return readListPage({ ...list, window: { ...window, before: null } });

  const rows = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const cursor = (row: Row | undefined) => (row ? positionText(list.positionOf(row, window.sort.by)) : null);
  return {
    rows,
    newer: isBackward || window.after ? cursor(rows[0]) : null,
    older: isBackward || found.length > limit ? cursor(rows.at(-1)) : null,
  };
}

async function readRows<By extends string, Row>(
  { scope, columns, id, branch }: List<By, Row>,
  { sort, after, before }: ListWindow<By>,
  limit: number,
): Promise<Row[]> {
  const column = columns[sort.by];
  const isDescending = (sort.direction === "desc") === (before === null);
  const clauses = (): ListClauses => ({
    where: beyond(column, id, before ?? after, isDescending),
    // New each time: the query builder changes the ones it is given for a union.
    orderBy: isDescending ? [desc(column), desc(id)] : [asc(column), asc(id)],
    limit,
  });
  const [first, ...rest] = merchantIdsOf(scope).map((merchantId) => mergeable(branch(merchantId, clauses())));
  if (!first) return [];
  if (rest.length === 0) return await first;
  const whole = rest.reduce((merged, next) => merged.unionAll(next), first);
  return await whole.orderBy(...clauses().orderBy).limit(limit);
}

/** A row comparison, which one index scan can begin at. Its values go through the columns' encoders. */
function beyond(column: PgColumn, id: PgColumn, position: Position | null, isDescending: boolean): SQL | undefined {
  if (!position) return undefined;
  const seen = sql`(${sql.param(position.value, column)}, ${sql.param(position.id, id)})`;
  return isDescending ? sql`(${column}, ${id}) < ${seen}` : sql`(${column}, ${id}) > ${seen}`;
}

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
