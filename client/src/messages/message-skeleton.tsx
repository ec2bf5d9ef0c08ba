const widths = [46, 72, 58, 30, 80, 64];

/** Only where nothing is cached. */
export function MessageSkeleton({ label }: { label: string }) {
  return (
    <div className="message-list message-skeleton" role="status" aria-label={label}>
      {widths.map((width) => (
        <div key={width}>
          <span />
          <span style={{ width: `${width * 0.3}%` }} />
          <span style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
