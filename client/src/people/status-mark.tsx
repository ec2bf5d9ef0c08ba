import { useStatusOf } from './statuses.ts';

/** Beside somebody's name: what they are up to, as one emoji. */
export function StatusMark({ member }: { member: number }) {
  const status = useStatusOf(member);
  if (status === undefined) return null;
  const { emoji, text } = status;
  return (
    <span className="status-mark" role="img" aria-label={text || emoji} title={text || undefined}>
      {emoji}
    </span>
  );
}
