import type { NoticeSettings } from '../../../shared/protocol.ts';
import { isQuiet } from '../../../shared/quiet-times.ts';
import { IconButton } from '../design/button.tsx';
import { useNow } from '../design/use-now.ts';
import { useMorePhrases } from '../language/use-phrases.ts';

/** Beside one's own name, while nothing disturbs. */
export function QuietMark({ settings, onOpen }: { settings: NoticeSettings; onOpen(): void }) {
  const { notices } = useMorePhrases();
  return isQuiet(settings, useNow()) ? <IconButton icon="moon" label={notices.quietMark} onClick={onOpen} /> : null;
}
