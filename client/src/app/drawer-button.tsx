import { type CountedChannel, callsIn, unreadIn } from '../channels/unread.ts';
import { IconButton } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';

type DrawerButtonProps = { channels: readonly CountedChannel[]; current?: number | undefined; onOpen(): void };

/** On a narrow screen, the way to the channels, with a sign that one of the others has something new. */
export function DrawerButton({ channels, current, onOpen }: DrawerButtonProps) {
  const { workspace, channels: phrases } = usePhrases();
  const total = (countIn: (channel: CountedChannel) => number) =>
    channels.reduce((sum, channel) => sum + (channel.id === current ? (channel.inThreads ?? 0) : countIn(channel)), 0);
  const unread = total(unreadIn);
  const calls = total(callsIn);
  const label = [workspace.openSidebar, unread > 0 && phrases.unread(unread), calls > 0 && phrases.forYou(calls)];
  return (
    <span className="drawer-button" data-unread={calls > 0 ? 'calls' : unread > 0 || undefined}>
      <IconButton icon="menu" label={label.filter(Boolean).join(', ')} onClick={onOpen} />
    </span>
  );
}
