import { useCell } from '../cell.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { deviceOf } from '../notices/device.ts';
import { useSession } from './session-context.tsx';

/** How notices stand on this device, in words; undefined until it is known. */
export function useNoticesState(owner: string): string | undefined {
  const { notices } = useMorePhrases();
  const state = useCell(deviceOf(owner, useSession().ask.notices).state);
  return state && notices.states[state];
}
