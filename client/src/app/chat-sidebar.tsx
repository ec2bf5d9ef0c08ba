import { ChannelSections } from '../channels/channel-sections.tsx';
import type { Section } from '../channels/sections.ts';
import { mentionsIn } from '../channels/unread.ts';
import { ConnectionDetails } from '../connection/connection-details.tsx';
import type { ConnectionState } from '../connection/connection-state.ts';
import { IconButton } from '../design/button.tsx';
import { later } from '../design/later.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import { MentionsButton } from '../mentions/mentions-button.tsx';
import { StatusMark } from '../people/status-mark.tsx';
import { Sidebar } from '../workspace/sidebar.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { ClusterLink } from './cluster-link.tsx';
import { SavedLink } from './saved-link.tsx';
import { useSession } from './session-context.tsx';
import { SwitcherLink } from './switcher-link.tsx';
import { ThreadsLink } from './threads-link.tsx';
import { useSettled } from './use-settled.ts';
import { WaitingLink } from './waiting-link.tsx';

const QuietMark = later(withPhrases(async () => (await import('../notices/quiet-mark.tsx')).QuietMark));

type ChatSidebarProps = {
  workspace: WorkspaceData;
  state: ConnectionState;
  sections: readonly Section[];
  /** The channel that is open, or the threads instead. */
  current: number | undefined;
  threads: boolean;
  open: boolean;
  onClose(): void;
  openDialog(dialog: OpenDialog): void;
};

/** What leads everywhere: places across channels, the channels, and oneself. */
export function ChatSidebar({
  workspace: data,
  state,
  sections,
  current,
  threads,
  open,
  onClose,
  openDialog,
}: ChatSidebarProps) {
  const { ask, follower, ping } = useSession();
  const { workspace } = usePhrases();
  const settled = useSettled();
  const instead = (dialog: OpenDialog) => () => {
    onClose();
    openDialog(dialog);
  };
  return (
    <Sidebar
      name={data.workspace.name}
      me={data.me}
      open={open}
      onClose={onClose}
      channels={
        <>
          <div className="channel-list">
            <SwitcherLink onOpen={instead({ kind: 'switcher' })} />
            <ThreadsLink current={threads} onChoose={onClose} />
            <SavedLink onOpen={instead({ kind: 'saved' })} />
            <MentionsButton
              unread={data.channels.reduce((sum, channel) => sum + mentionsIn(channel), 0)}
              onOpen={instead({ kind: 'mentions' })}
            />
          </div>
          <ChannelSections
            sections={sections}
            sidebar={data.sidebar}
            current={current}
            arrange={(arranged) => void ask.workspace.setSidebar.mutate(arranged).catch(() => undefined)}
            onChoose={onClose}
            onBrowse={() => openDialog({ kind: 'browse' })}
            onCreate={data.me.role === 'guest' ? undefined : () => openDialog({ kind: 'create' })}
            onStartDirect={() => openDialog({ kind: 'start-direct' })}
            onPeople={() => openDialog({ kind: 'people' })}
            onNameSection={(section) => openDialog({ kind: 'name-section', section })}
          />
        </>
      }
      waiting={<WaitingLink onOpen={instead({ kind: 'waiting' })} />}
      status={<StatusMark member={data.me.id} />}
      connection={
        <ConnectionDetails state={state} proof={follower.proof} ping={ping} more={<ClusterLink me={data.me} />} />
      }
      footer={
        <>
          {settled && <QuietMark settings={data.notices} onOpen={() => openDialog({ kind: 'notices' })} />}
          <IconButton icon="settings" label={workspace.settings} onClick={() => openDialog({ kind: 'settings' })} />
        </>
      }
    />
  );
}
