import { ComposerFiles, MessageFiles } from '../files/later-files.ts';
import { chosenLanguage } from '../language/language.ts';
import { loadMorePhrases } from '../language/load-phrases.ts';

/** Everything that somebody may open at any moment; what can't be fetched now is fetched when it is wanted. */
export function loadAhead(): Promise<unknown> {
  return Promise.allSettled([
    loadMorePhrases(chosenLanguage.get()),
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
    // For who signs out without a connection.
    import('../notices/forget-device.ts'),
    import('../identity/sign-in-screen.tsx'),
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
    import('../messages/date-choices.tsx'),
    import('../emoji/emoji-popover.tsx'),
    import('../channels/channel-menu-items.tsx'),
  ]);
}
