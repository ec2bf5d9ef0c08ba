import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useCell } from '../cell.ts';
import type { IconName } from '../design/icon.tsx';
import { chooseLanguage, chosenLanguage } from '../language/language.ts';
import { languages } from '../language/preferred-language.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { dateJumpId } from '../messages/day-line.tsx';
import type { SwitcherOption } from '../search/switcher.tsx';
import { chooseTheme, chosenTheme, themes } from '../theme/theme.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { markAllRead } from './mark-all-read.ts';
import { useSession } from './session-context.tsx';

/** What Ctrl+K offers beside places and people. */
export function useCommands(
  { me, channels }: WorkspaceData,
  open: (dialog: OpenDialog) => void,
  search: (typed: string) => void,
): SwitcherOption[] {
  const session = useSession();
  const phrases = useMorePhrases();
  const theme = useCell(chosenTheme);
  const language = useCell(chosenLanguage);
  const [, navigate] = useLocation();
  return useMemo(() => {
    const { switcher } = phrases;
    const command = (
      key: string,
      icon: IconName,
      label: string,
      run: () => unknown,
      others: readonly string[] = [],
    ) => ({
      ...{ key, icon, label, others, run },
      detail: switcher.command,
    });
    const dialog =
      (
        kind:
          | 'browse'
          | 'create'
          | 'invite'
          | 'mentions'
          | 'saved'
          | 'settings'
          | 'shortcuts'
          | 'start-direct'
          | 'people',
      ) =>
      () =>
        open({ kind });
    const looksAfter = me.role === 'owner' || me.role === 'admin';
    return [
      { ...command('find', 'search', phrases.workspace.search, () => search('')), first: 50 },
      { ...command('date', 'chevron', phrases.messages.jumpToDate, openDateJump), first: 40 },
      { ...command('read', 'check', phrases.mentionList.allRead, () => markAllRead(session, channels)), first: 30 },
      command('threads', 'thread', phrases.threads.listTitle, () => navigate('/threads')),
      command('mentions', 'at', phrases.mentions.title, dialog('mentions')),
      command('saved', 'bookmark', phrases.messages.savedTitle, dialog('saved')),
      command('browse', 'list', phrases.channels.browse, dialog('browse')),
      ...(me.role === 'guest' ? [] : [command('create', 'plus', phrases.channels.create, dialog('create'))]),
      command('direct', 'message', phrases.direct.start, dialog('start-direct')),
      command('people', 'people', phrases.workspace.everyone, dialog('people')),
      ...(looksAfter
        ? [
            command('invite', 'invite', phrases.workspace.invite, dialog('invite')),
            command('cluster', 'info', phrases.workspace.watchCluster, () => navigate('/cluster')),
          ]
        : []),
      command('settings', 'settings', phrases.workspace.settings, dialog('settings')),
      command('shortcuts', 'info', phrases.shortcuts.title, dialog('shortcuts')),
      ...themes
        .filter((other) => other !== theme)
        .map((other) => command(`theme ${other}`, 'star', switcher.themes[other], () => chooseTheme(other))),
      ...(['en', 'es'] as const)
        .filter((other) => other !== language)
        .map((other) =>
          command(`language ${other}`, 'at', languages[other], () => chooseLanguage(other).catch(() => undefined), [
            switcher.language,
          ]),
        ),
    ];
  }, [phrases, theme, language, me.role, channels, session, open, search, navigate]);
}

function openDateJump(): void {
  // Once the dialog has given the focus back.
  requestAnimationFrame(() => document.getElementById(dateJumpId)?.showPopover());
}
