import { encode } from "uqr";
import { CodeBlock } from "@/components/ui/code-block";

type Props = {
  text: string;
  /** What a scan leads to: "Code for HK$ 88.00, order P-…". */
  label: string;
  size?: "large" | "small" | undefined;
};

/**
 * A QR code, drawn here and never fetched: error correction M, four modules of white around it, black on white in every
 * theme, because a scanner does not read the other way round.
 */
export function QrCode({ text, label, size = "large" }: Props) {
  const path = qrPath(text);
  if (!path) {
    return (
      <div className="grid gap-2">
        <p className="text-12 text-ink-2">This text is too long for a QR code.</p>
        <CodeBlock label="Text of the code" wrap>
          {text}
        </CodeBlock>
      </div>
    );
  }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${path.size} ${path.size}`}
      shapeRendering="crispEdges"
      className={size === "large" ? "mx-auto w-full max-w-[248px]" : "w-28"}
    >
      <path d={`M0 0h${path.size}v${path.size}H0z`} fill="#fff" />
      <path d={path.d} fill="#000" />
    </svg>
  );
}

function qrPath(text: string): { size: number; d: string } | null {
  try {
    const { size, data } = encode(text, { ecc: "M", border: 4 });
    const rows = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
    return { size, d: rows.join("") };
  } catch {
    // Longer than the largest code holds at this error correction.
    return null;
  }
}
