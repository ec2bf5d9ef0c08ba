import { usePhrases } from '../language/use-phrases.ts';
import { usePresenceOf } from './presence-context.ts';
import './presence.css';

type PresenceDotProps = {
  member: number;
  /** Inside a link or heading, whose name mustn't change with somebody's coming and going. */
  silent?: boolean;
};

/** Beside somebody's face: whether they are here now. */
export function PresenceDot({ member, silent = false }: PresenceDotProps) {
  const { presence } = usePhrases();
  const state = usePresenceOf(member);
  return (
    <span className="presence-dot" data-online={state !== 'offline'} data-away={state === 'away' || undefined}>
      {!silent && <span className="unseen">{presence[state]}</span>}
    </span>
  );
}
