import { useMorePhrases } from '../language/use-phrases.ts';
import { deviceOf } from '../notices/device.ts';
import { NoticesDialog } from '../notices/notices-dialog.tsx';
import { showTest } from '../notices/show-notice.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';

type NoticesSettingsProps = { workspace: WorkspaceData; owner: string; onClose(): void };

export function NoticesSettings({ workspace, owner, onClose }: NoticesSettingsProps) {
  const { ask } = useSession();
  const { noticeWords } = useMorePhrases();
  const device = deviceOf(owner, ask.notices);
  /** By the way that a notice takes: through the push service, and by the page itself where there is none. */
  const sendTest = async () => {
    const { pushed } = await ask.notices.test.mutate();
    const registration = pushed ? undefined : await device.registration();
    if (registration) await showTest(registration, noticeWords, !workspace.notices.sound);
    return pushed || registration;
  };
  return (
    <NoticesDialog
      settings={workspace.notices}
      set={(change) => ask.notices.set.mutate(change)}
      device={device}
      sendTest={sendTest}
      onClose={onClose}
    />
  );
}
