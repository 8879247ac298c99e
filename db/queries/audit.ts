import { and, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { auditEntries, people } from "@/db/schema/people";
import { Environment } from "@/lib/domain/environment";
import {
  type AddressParams,
  type DayRange,
  type ListPage,
  NumberText,
  readDayRange,
  readParam,
} from "@/lib/domain/list-address";
import type { Viewer } from "@/lib/domain/viewer";
import { withinDays } from "./keyset";

/** Null means "any". */
export type AuditFilter = DayRange & {
  /** A person's id, or `worker`, `script`, `gateway`. */
  who: string | null;
  action: string | null;
  environment: Environment | null;
  /** What it was done to, or the beginning of that: `kind:id`. */
  subject: string | null;
};

export type AuditRow = {
  id: string;
  at: Date;
  /** A person's name, or `worker`, `script`, `gateway`. */
  actor: string;
  action: string;
  environment: Environment | null;
  subject: string;
  details: Record<string, string | number | boolean | null>;
  address: string | null;
};

export function readAuditFilter(params: AddressParams): AuditFilter {
  return {
    ...readDayRange(params),
    who: readParam(params, "who", z.string().regex(/^[0-9a-z-]{1,40}$/)),
    action: readParam(params, "act", z.string().regex(/^[a-z.-]{1,60}$/)),
    environment: readParam(params, "environment", Environment),
    subject: readParam(params, "subject", NumberText),
  };
}

/**
 * One screen of the audit, newest first.
 *
 * @param after   a cursor of `older`; leave out for the first screen
 * @param before  a cursor of `newer`
 */
export async function listAudit(
  _viewer: Viewer,
  { filter, after, before, limit = 50 }: Asked,
): Promise<ListPage<AuditRow>> {
  const older = placeOf(after);
  const newer = older === null ? placeOf(before) : null;
  const side = newer === null ? "older" : "newer";
  const found = await read(newer ?? older, { side, filter, limit: limit + 1 });
  if (newer !== null && found.length <= limit) return listAudit(_viewer, { filter, after: null, before: null, limit });
  const rows = newer === null ? found.slice(0, limit) : found.slice(0, limit).reverse();
  const isFirst = older === null && newer === null;
  return {
    rows,
    newer: isFirst ? null : cursorOf(rows[0]),
    older: newer !== null || found.length > limit ? cursorOf(rows.at(-1)) : null,
  };
}

type Asked = { filter: AuditFilter; after: string | null; before: string | null; limit?: number };
type Place = { at: Date; id: string };
type Part = { side: "older" | "newer"; filter: AuditFilter; limit: number };

async function read(place: Place | null, { side, filter, limit }: Part): Promise<AuditRow[]> {
  const newestFirst = [desc(auditEntries.at), desc(auditEntries.id)];
  return db()
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      actor: sql<string>`coalesce(${people.name}, ${auditEntries.actor})`,
      action: auditEntries.action,
      environment: auditEntries.environment,
      subject: auditEntries.subject,
      details: auditEntries.details,
      address: auditEntries.address,
    })
    .from(auditEntries)
    .leftJoin(people, eq(sql`${people.id}::text`, auditEntries.actor))
    .where(
      and(
        filter.who ? eq(auditEntries.actor, filter.who) : undefined,
        filter.action ? eq(auditEntries.action, filter.action) : undefined,
        filter.environment ? eq(auditEntries.environment, filter.environment) : undefined,
        filter.subject ? sql`starts_with(${auditEntries.subject}, ${filter.subject})` : undefined,
        ...withinDays(auditEntries.at, filter),
        beyond(place, side),
      ),
    )
    .orderBy(...(side === "older" ? newestFirst : [auditEntries.at, auditEntries.id]))
    .limit(limit);
}

function beyond(place: Place | null, side: "older" | "newer"): SQL | undefined {
  if (place === null) return undefined;
  const compare = side === "older" ? lt : gt;
  const sameMoment = and(eq(auditEntries.at, place.at), compare(auditEntries.id, place.id));
  return or(compare(auditEntries.at, place.at), sameMoment);
}

function cursorOf(row: AuditRow | undefined): string | null {
  return row ? `${row.at.getTime()}_${row.id}` : null;
}

/** What does not look like a cursor opens the first screen. */
function placeOf(cursor: string | null): Place | null {
  const [, time, id] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(cursor ?? "") ?? [];
  return time && id ? { at: new Date(Number(time)), id } : null;
}
