const width = 120;
const height = 28;

/** Turns a second over the last two minutes. The sum of it stands beside it. */
export function RateLine({ rates }: { rates: readonly number[] }) {
  const most = Math.max(1, ...rates);
  const start = width - Math.max(0, rates.length - 1);
  const points = rates.map(
    (rate, index) => `${start + index},${(height - 2 - (rate / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg className="rate-line" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
