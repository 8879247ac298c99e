/** An engraved rosette, as on bank notes: two waving rings and a bundle of ellipses, each turned many times. */
export function Rosette({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 1000 1000" className={className} aria-hidden="true">
      <defs>
        <path id="rosette-outer" d={wave({ radius: 400, height: 80, petals: 12 })} />
        <path id="rosette-inner" d={wave({ radius: 264, height: 61, petals: 18 })} />
        <ellipse id="rosette-heart" cx="500" cy="500" rx="170" ry="62" />
      </defs>
      <g fill="none" stroke="currentColor" strokeWidth="0.9">
        <Turned shape="rosette-outer" times={9} degrees={30 / 9} />
        <Turned shape="rosette-inner" times={8} degrees={20 / 8} />
        <Turned shape="rosette-heart" times={36} degrees={5} />
      </g>
    </svg>
  );
}

function Turned({ shape, times, degrees }: { shape: string; times: number; degrees: number }) {
  return Array.from({ length: times }, (_, index) => {
    const angle = (index * degrees).toFixed(2);
    return <use key={angle} href={`#${shape}`} transform={`rotate(${angle} 500 500)`} />;
  });
}

/** A circle whose radius swings `petals` times on its way round. */
function wave({ radius, height, petals }: { radius: number; height: number; petals: number }): string {
  const points = Array.from({ length: 360 }, (_, degree) => {
    const angle = (degree * Math.PI) / 180;
    const distance = radius + height * Math.cos(petals * angle);
    return `${(500 + distance * Math.cos(angle)).toFixed(1)} ${(500 + distance * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}
