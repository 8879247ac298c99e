/*
 * Every time in this console is Hong Kong time: UTC+8 all year, so it is counted and not looked up,
 * and server and browser agree to the letter.
 */

const hour = 3_600_000;
const day = 24 * hour;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14:31:40` */
export function clockTime(at: Date): string {
  return isoInHongKong(at).slice(11, 19);
}

/** `18 Nov 19:50:26`, with the year only when it is not this year's. */
export function dayAndTime(at: Date, now: Date): string {
  return `${dayName(at, now)} ${clockTime(at)}`;
}

/** `18 Nov`, or `18 Nov 2025` when that is not this year. */
function dayName(at: Date, now: Date): string {
  const [year = "", month = "", date = ""] = isoInHongKong(at).slice(0, 10).split("-");
  const name = `${Number(date)} ${months[Number(month) - 1]}`;
  return year === isoInHongKong(now).slice(0, 4) ? name : `${name} ${year}`;
}

/** `3 min ago`, `in 48 s`; `null` when it is a day or more away and a date says it better. */
export function relativeTime(at: Date, now: Date): string | null {
  const distance = now.getTime() - at.getTime();
  const size = Math.abs(distance);
  if (size >= day) return null;
  if (size < 1000) return "now";
  const text = wholeUnit(size);
  return distance > 0 ? `${text} ago` : `in ${text}`;
}

/** `2026-11-19 14:34:41 Hong Kong (UTC+8), 06:34:41 UTC`: what the title says. */
export function exactTime(at: Date): string {
  const utc = at.toISOString();
  const sameDay = utc.slice(0, 10) === isoInHongKong(at).slice(0, 10);
  const utcText = sameDay ? utc.slice(11, 19) : `${utc.slice(0, 10)} ${utc.slice(11, 19)}`;
  return `${isoInHongKong(at).slice(0, 10)} ${clockTime(at)} Hong Kong (UTC+8), ${utcText} UTC`;
}

/** `19 Nov 2026, 14:27:42.310`: milliseconds only in evidence. */
export function evidenceTime(at: Date): string {
  const iso = isoInHongKong(at);
  const [year = "", month = "", date = ""] = iso.slice(0, 10).split("-");
  return `${Number(date)} ${months[Number(month) - 1]} ${year}, ${iso.slice(11, 23)}`;
}

/** `414 ms`, `36 s`, `3 h 24 min`, `2 d 4 h`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** `4:39`, `1:04:39`; never less than `0:00`. A second that has begun still counts. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const tail = String(seconds % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}

function isoInHongKong(at: Date): string {
  return new Date(at.getTime() + 8 * hour).toISOString();
}

function wholeUnit(ms: number): string {
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  if (ms < hour) return `${Math.floor(ms / 60_000)} min`;
  return `${Math.floor(ms / hour)} h`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
