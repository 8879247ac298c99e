import { classNames } from "./class-names";

type ScaleProps = {
  /** The right end, in any unit; the left end is zero. */
  max: number;
  /** Distance of the small ticks and of the long ones, in the same unit. */
  minor: number;
  major: number;
  /** What the drawing says, in words. */
  label: string;
  /** Pieces of a bar above the ruler, from the left; each ends at `upTo`. */
  bar?: readonly { upTo: number; tone: "refunded" | "pending" | "now" }[] | undefined;
  labels?: readonly { at: number; text: string }[] | undefined;
  /** Small marks above the ruler, such as the moments when the gateway is asked. */
  marks?: readonly number[] | undefined;
  pointer?: number | undefined;
  className?: string | undefined;
};

/** A hairline rule with ticks. The first label stands at the left edge, the last at the right. */
export function Scale({ max, minor, major, label, bar, labels = [], marks = [], pointer, className }: ScaleProps) {
  const share = (value: number) => Math.min(1, Math.max(0, max > 0 ? value / max : 0));
  const percent = (value: number) => `${(share(value) * 100).toFixed(3)}%`;
  return (
    // A countdown draws it at a moment that server and browser cannot share, hence the suppressed warnings.
    <div suppressHydrationWarning role="img" aria-label={label} className={classNames("scale", className)}>
      {bar ? (
        <div className="scale-bar">
          {bar.map((piece, index) => (
            <i
              key={`${piece.tone}-${piece.upTo}`}
              data-tone={piece.tone}
              style={{ width: percent(piece.upTo - (bar[index - 1]?.upTo ?? 0)) }}
            />
          ))}
        </div>
      ) : null}
      {pointer === undefined ? null : (
        <i suppressHydrationWarning className="scale-past" style={{ width: percent(pointer) }} />
      )}
      <svg className="scale-ticks" viewBox="0 0 1000 9" preserveAspectRatio="none" aria-hidden="true">
        <path d={tickPath({ max, minor, major })} />
        <path className="asked" d={marks.map((at) => `M${(share(at) * 1000).toFixed(1)} -2v-5`).join("")} />
      </svg>
      {pointer === undefined ? null : (
        <i suppressHydrationWarning className="scale-pointer" style={{ left: percent(pointer) }} />
      )}
      {labels.map(({ at, text }) => (
        <span key={`${at}-${text}`} className="scale-label" style={{ left: percent(at) }}>
          {text}
        </span>
      ))}
    </div>
  );
}

/** Never more ticks than can be told apart. */
function tickPath({ max, minor, major }: { max: number; minor: number; major: number }): string {
  const count = Math.floor(max / minor);
  if (!(max > 0) || !(minor > 0) || count > 400) return "M0 0V9M1000 0V9";
  const everyMajor = Math.max(1, Math.round(major / minor));
  const ticks = Array.from({ length: count + 1 }, (_, index) => {
    const x = ((index * minor * 1000) / max).toFixed(1);
    return `M${x} 0V${index % everyMajor === 0 ? 9 : 4}`;
  });
  return `${ticks.join("")}M1000 0V9`;
}

/** Tick distances for a bar of the given length: about ten long ticks, five small ones between. */
export function ticksFor(max: number): { minor: number; major: number } {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, max / 8)));
  const major = [1, 2, 5, 10].map((factor) => factor * power).find((step) => max / step <= 10) ?? max;
  return { minor: major / 5, major };
}
