import { useCell } from '../cell.ts';
import { isOnline } from '../connection/connection-state.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { WaitingList } from '../messages/waiting-list.tsx';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';
import { notArrived } from './waiting-count.ts';

type WaitingProps = { workspace: WorkspaceData; goTo(channel: number): void; onClose(): void };

/** All that hasn't been sent, wherever it was written. */
export function Waiting({ workspace, goTo, onClose }: WaitingProps) {
  const { outbox, follower } = useSession();
  const online = isOnline(useCell(follower.state));
  const { waitingList } = useMorePhrases();
  const entries = notArrived(useCell(outbox.entries));
  return (
    <WaitingList
      entries={entries.map((entry) => {
        const channel = workspace.channels.find(({ id }) => id === entry.channel);
        const name = channel && placeName(channel);
        const place = name && entry.thread ? waitingList.inThread(name) : name;
        const show = () => {
          goTo(entry.channel);
          onClose();
        };
        return { entry, place: place ?? waitingList.elsewhere, show: channel && show };
      })}
      actions={outbox}
      online={online}
      onClose={onClose}
    />
  );
}
