import { useEffect } from 'react';
import { ComposerFiles, MessageFiles } from '../files/later-files.ts';

const afterMs = 3_000;

/**
 * What isn't needed for the first look is loaded once that is done, before anybody asks: a thread or a dialog then opens
 * at once, also while the server is away.
 */
export function useLoadAhead(): void {
  useEffect(() => {
    const load = () =>
      Promise.allSettled([
        import('./keep-dialogs.tsx'),
        import('./chat-dialogs.tsx'),
        import('./people-dialogs.tsx'),
        import('./person-card-place.tsx'),
        import('./quick-switcher.tsx'),
        import('./search-panel.tsx'),
        import('./thread-pane.tsx'),
        import('./threads-pane.tsx'),
        ComposerFiles.load(),
        MessageFiles.load(),
        import('../files/lightbox.tsx'),
        import('../files/run-uploads.ts'),
        import('./waiting.tsx'),
        import('../channels/browse-channels.tsx'),
        import('../channels/create-channel.tsx'),
        import('../channels/leave-channel.tsx'),
        import('../messages/delete-message.tsx'),
        import('../messages/message-details.tsx'),
        import('../messages/message-editor.tsx'),
        import('../messages/message-menu.tsx'),
        import('../messages/message-versions-dialog.tsx'),
        import('../messages/unsent-message.tsx'),
        import('../settings/settings-dialog.tsx'),
      ]);
    const timer = setTimeout(() => void load(), afterMs);
    return () => clearTimeout(timer);
  }, []);
}
