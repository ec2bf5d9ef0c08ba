import { usePhrases } from '../language/use-phrases.ts';
import { useIsOnline } from './presence-context.ts';
import './presence.css';

type PresenceDotProps = {
  member: number;
  /** Inside a link or heading, whose name mustn't change with somebody's coming and going. */
  silent?: boolean;
};

/** Beside somebody's face: whether they are here now. */
export function PresenceDot({ member, silent = false }: PresenceDotProps) {
  const { presence } = usePhrases();
  const online = useIsOnline(member);
  return (
    <span className="presence-dot" data-online={online}>
      {!silent && <span className="unseen">{online ? presence.online : presence.offline}</span>}
    </span>
  );
}
