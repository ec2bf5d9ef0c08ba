import { useCell } from '../cell.ts';
import { IconButton } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useSession } from './session-context.tsx';

/** Explains why the server closed the connection. */
export function TooLargeNotice() {
  const { tooLarge } = useSession();
  const { connection, actions } = usePhrases();
  if (!useCell(tooLarge)) return null;
  return (
    <div className="banner" data-warning="true" role="alert">
      {connection.tooLarge}
      <IconButton icon="close" label={actions.close} onClick={() => tooLarge.set(false)} />
    </div>
  );
}
