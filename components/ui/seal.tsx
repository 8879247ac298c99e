import { classNames } from "./class-names";

/**
 * A rosette drawn from a fingerprint, so that two keys are told apart at a glance.
 *
 * @param fingerprint  hex digits; the first eight decide the drawing
 */
export function Seal({
  fingerprint,
  size = 34,
  className,
}: {
  fingerprint: string;
  size?: number;
  className?: string;
}) {
  const { petals, petalWidth, turn, rings, ringRadius, ringDistance } = sealShape(fingerprint);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 40 40"
      strokeWidth={size > 40 ? 0.42 : 0.5}
      aria-hidden="true"
      className={classNames("seal", className)}
    >
      {Array.from({ length: petals }, (_, index) => {
        const angle = (turn + (index * 180) / petals).toFixed(1);
        return <ellipse key={angle} cx="20" cy="20" rx="18.5" ry={petalWidth} transform={`rotate(${angle} 20 20)`} />;
      })}
      {Array.from({ length: rings }, (_, index) => {
        const angle = ((turn + (index * 360) / rings) * Math.PI) / 180;
        const x = (20 + ringDistance * Math.cos(angle)).toFixed(2);
        const y = (20 + ringDistance * Math.sin(angle)).toFixed(2);
        return <circle key={`${x} ${y}`} cx={x} cy={y} r={ringRadius} />;
      })}
    </svg>
  );
}

function sealShape(fingerprint: string) {
  const hex = fingerprint.replace(/[^0-9a-f]/gi, "").padEnd(8, "0");
  const byte = (index: number) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return {
    petals: 7 + (byte(0) % 6),
    petalWidth: 3 + (byte(1) % 8),
    turn: byte(2),
    rings: 7 + (byte(3) % 4),
    ringRadius: 3.5 + (byte(1) % 4),
    ringDistance: 2.5 + (byte(3) % 3),
  };
}
