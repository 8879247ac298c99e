/** A way code as the protocol writes it. */
export function WayCell({ value }: { value: string }) {
  return <span className="mono text-12 text-ink-2">{value}</span>;
}
