import { usePhrases } from '../language/use-phrases.ts';
import { useIsOnline } from './presence-context.ts';
import './presence.css';

/** Beside somebody's face: whether they are here now. */
export function PresenceDot({ member }: { member: number }) {
  const { presence } = usePhrases();
  const online = useIsOnline(member);
  return (
    <span className="presence-dot" data-online={online}>
      <span className="unseen">{online ? presence.online : presence.offline}</span>
    </span>
  );
}
