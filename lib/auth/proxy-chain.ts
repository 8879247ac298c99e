/**
 * The entry of a comma-separated forwarded header that the outermost of our own proxies wrote. What stands left of it came
 * from the client, who may write anything.
 *
 * @param hops  how many proxies of ours each add one entry; with none, the whole header is the client's
 * @returns     `null` when there is no entry to believe
 */
export function fromTheProxy(header: string | null, hops: number): string | null {
  if (header === null || hops === 0) return null;
  const entries = header.split(",").map((entry) => entry.trim());
  // A proxy that overwrites the header leaves one entry, however many stand behind it.
  const entry = entries[Math.max(0, entries.length - hops)];
  return entry ? entry : null;
}
