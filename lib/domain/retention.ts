/** For how many months messages are kept as they came over the wire, unless an admin says otherwise. */
export const defaultRetentionMonths = 13;
export const longestRetentionMonths = 120;

/** A calendar month in UTC. `month` counts from 1. */
export type Month = { year: number; month: number };

export function monthOf(instant: Date): Month {
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1 };
}

export function monthsAfter({ year, month }: Month, count: number): Month {
  const since = year * 12 + (month - 1) + count;
  return { year: Math.floor(since / 12), month: (((since % 12) + 12) % 12) + 1 };
}

/** The first instant of a month. */
export function startOf({ year, month }: Month): Date {
  return new Date(Date.UTC(year, month - 1, 1));
}

export function isBefore(a: Month, b: Month): boolean {
  return startOf(a) < startOf(b);
}

/** The oldest month that is kept: a message stays for at least the period, and at most for a month longer. */
export function oldestKept(now: Date, retentionMonths: number): Month {
  return monthsAfter(monthOf(now), -retentionMonths);
}

/**
 * The smallest id that can be made in or after an instant: ids of version 7 begin with their time in milliseconds.
 *
 * Source: RFC 9562, 5.7.
 */
export function firstIdSince(instant: Date): string {
  const time = instant.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** When an id of version 7 was made. */
export function madeAt(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}
