const widths = [46, 72, 58, 30, 80, 64];

/** Only where nothing is cached. `note` shows once it has taken long, and says why. */
export function MessageSkeleton({ label, note }: { label: string; note?: string | undefined }) {
  return (
    <div className="message-list message-skeleton" role="status" aria-label={label}>
      {note && <p className="skeleton-note">{note}</p>}
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
