import { z } from "zod";
import { type AddressParams, readParam } from "@/lib/domain/list-address";

/** How far back a run may begin, by a word in the address. */
export const sinceWords = [
  { word: "1h", label: "The last hour", ms: 3_600_000 },
  { word: "24h", label: "24 hours", ms: 86_400_000 },
  { word: "7d", label: "7 days", ms: 604_800_000 },
  { word: "30d", label: "30 days", ms: 2_592_000_000 },
] as const;

/** What the form sends: a moment of Hong Kong, as `2026-11-19T14:05`. */
const LocalMoment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/);

export type Since = { at: Date; word: string | null };

/** The beginning that an address asks for: a word, a moment of Hong Kong, or else the last 24 hours. */
export function readSince(params: AddressParams, now: Date): Since {
  const text = readParam(params, "since", z.string()) ?? "24h";
  const known = sinceWords.find(({ word }) => word === text) ?? null;
  const typed = LocalMoment.safeParse(text);
  if (!known && typed.success) {
    const at = new Date(`${typed.data}+08:00`);
    if (!Number.isNaN(at.getTime()) && at < now) return { at, word: null };
  }
  const { word, ms } = known ?? sinceWords[1];
  return { at: new Date(now.getTime() - ms), word };
}

/** A moment as the field for it takes it: Hong Kong time, to the minute. */
export function localMoment(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}
