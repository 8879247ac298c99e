import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { openDatabase } from "@/db/client";

/** Something that stands around every statement: it may wait before, watch after, or never come back. */
export type Around = <T>(statement: string, run: () => Promise<T>) => Promise<T>;

type Limit = Parameters<typeof openDatabase>[1];
type Open = ReturnType<typeof openDatabase>;

const shelf = globalThis as { [key: symbol]: Map<string, Open> | undefined };
const shelfKey = Symbol.for("countersign.database");

/** What the product takes for its own pools; `closeDb` ends it like those. */
export function shelveClient(open: Open): void {
  shelf[shelfKey] = new Map([
    ["pages", open],
    ["notifications", open],
  ]);
}

/** Lets the product go on with fresh pools, as a new process would. */
export function forgetClient(): void {
  shelf[shelfKey] = undefined;
}

/**
 * A client whose every statement passes `around`. Pieces of statements are never awaited and so never pass it.
 *
 * @param isWhole  a transaction is one step, and not one per statement in it
 */
export function openGated(
  url: string,
  limit: Limit,
  { around, builder = around, isWhole }: { around: Around; builder?: Around; isWhole: boolean },
): Open & { raw: Sql } {
  const { sql: raw } = openDatabase(url, limit);
  const sql = gated(raw, around, isWhole);
  return { raw, sql, db: drizzle({ client: gated(raw, builder, isWhole) }) };
}

function gated(client: Sql, around: Around, isWhole: boolean): Sql {
  return new Proxy(client, {
    apply(target, self, parts: unknown[]) {
      const made: unknown = Reflect.apply(target, self, parts);
      return isTemplate(parts[0]) ? gatedQuery(made, parts[0].join("?"), around) : made;
    },
    get(target, name, receiver) {
      if (name === "unsafe") {
        // The query builder's statements are prepared too: asking for their types anew is another way there and back.
        return (text: string, parameters?: never[], options = {}) => {
          const made =
            parameters === undefined
              ? target.unsafe(text)
              : target.unsafe(text, parameters, { prepare: true, ...options });
          return gatedQuery(made, text, around);
        };
      }
      if (name === "begin") {
        return (...parts: unknown[]) => {
          const work = parts.at(-1) as (tx: Sql) => unknown;
          const inside = isWhole ? work : (tx: Sql) => work(gated(tx, around, isWhole));
          const begin = () => Reflect.apply(target.begin, target, [...parts.slice(0, -1), inside]) as Promise<unknown>;
          return isWhole ? around("begin", begin) : begin();
        };
      }
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

function isTemplate(part: unknown): part is TemplateStringsArray {
  return Array.isArray(part) && "raw" in part;
}

/** The driver runs a query when somebody waits for it, so that is where we stand. */
function gatedQuery(made: unknown, text: string, around: Around): unknown {
  const query = made as Promise<unknown>;
  const start = query.then.bind(query);
  let outcome: Promise<unknown> | null = null;
  const once = () => {
    outcome ??= around(labelOf(text), () => new Promise((resolve, reject) => void start(resolve, reject)));
    return outcome;
  };
  return Object.assign(query, {
    // biome-ignore lint/suspicious/noThenProperty: it takes the place of the driver's own.
    then: (...handlers: Parameters<Promise<unknown>["then"]>) => once().then(...handlers),
    catch: (...handlers: Parameters<Promise<unknown>["catch"]>) => once().catch(...handlers),
    finally: (...handlers: Parameters<Promise<unknown>["finally"]>) => once().finally(...handlers),
  });
}

function labelOf(text: string): string {
  const known = labels.get(text);
  if (known !== undefined) return known;
  const label = text.replace(/\s+/g, " ").trim().slice(0, 60);
  labels.set(text, label);
  return label;
}

const labels = new Map<string, string>();
