const height = 28;

type RateLineProps = {
  /** One a second, oldest first. */
  rates: readonly number[];
  seconds?: number;
  /** What the top stands for, where lines are to be compared. */
  most?: number;
};

/** Something over the last minutes. The newest of it, or its sum, stands beside it in figures. */
export function RateLine({ rates, seconds = 120, most = Math.max(1, ...rates) }: RateLineProps) {
  const start = seconds - Math.max(0, rates.length - 1);
  const points = rates.map(
    (rate, index) => `${start + index},${(height - 2 - (rate / most) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg className="rate-line" viewBox={`0 0 ${seconds} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
