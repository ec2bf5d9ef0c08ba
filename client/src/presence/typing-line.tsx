import { useContext, useMemo, useSyncExternalStore } from 'react';
import { createCell } from '../cell.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { nobodyNearby } from './nearby.ts';
import { PresenceContext } from './presence-context.ts';
import './presence.css';

const nobody = createCell(nobodyNearby);
const namesShown = 3;

type TypingLineProps = { channel: number; thread?: number | undefined; me: number };

/** Who writes here now. It is never announced: it would talk without end. */
export function TypingLine({ channel, thread, me }: TypingLineProps) {
  const { presence } = usePhrases();
  const formats = useFormats();
  const { nearby } = useContext(PresenceContext) ?? { nearby: nobody };
  const typing = useSyncExternalStore(nearby.subscribe, () => nearby.get().typing);
  const names = useMemo(
    () =>
      typing
        .filter((one) => one.channel === channel && one.thread === thread && one.member !== me)
        .map(({ name }) => name),
    [typing, channel, thread, me],
  );
  return (
    <p className="typing-line" dir="auto">
      {names.length > namesShown
        ? presence.manyTyping
        : names.length > 0 && presence.typing(formats.list(names), names.length)}
    </p>
  );
}
