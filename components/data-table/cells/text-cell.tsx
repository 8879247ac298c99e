/** A person's words, cut at the column's edge and whole in the title. */
export function TextCell({ value }: { value: string }) {
  return (
    <span className="block truncate" title={value}>
      {value}
    </span>
  );
}
