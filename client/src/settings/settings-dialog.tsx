import { useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Segments } from '../design/field.tsx';
import { LanguageChoice } from '../language/language-choice.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { AppRow } from '../offline/app-row.tsx';
import { chooseTheme, chosenTheme, themes } from '../theme/theme.ts';
import { useExplain } from '../wire/use-explain.ts';
import './settings.css';

type SettingsDialogProps = {
  me: Person;
  unsent: number;
  signOut(): Promise<unknown>;
  /** How notices stand on this device; undefined until it is known. */
  notices: string | undefined;
  showNotices(): void;
  showShortcuts(): void;
  open(what: 'profile' | 'status' | 'account' | 'workspace'): void;
  onClose(): void;
};

export function SettingsDialog({
  me,
  unsent,
  signOut,
  notices,
  showNotices,
  showShortcuts,
  open,
  onClose,
}: SettingsDialogProps) {
  const { settings, identity, workspace, actions, shortcuts, people, account } = useMorePhrases();
  const explain = useExplain();
  const theme = useCell(chosenTheme);
  const [fault, setFault] = useState<string>();
  return (
    <Dialog title={settings.title} closeLabel={actions.close} onClose={onClose}>
      <div className="settings-me">
        <Avatar id={me.id} name={me.name} picture={me.avatar} />
        <div>
          <strong>
            <bdi>{me.name}</bdi>
          </strong>
          <span className="settings-role">{workspace.role[me.role]}</span>
        </div>
      </div>
      <div className="settings-me-actions">
        <Button size="small" onClick={() => open('profile')}>
          {people.editProfile}
        </Button>
        <Button size="small" onClick={() => open('status')}>
          {people.setStatus}
        </Button>
        <Button size="small" onClick={() => open('account')}>
          {account.title}
        </Button>
      </div>
      <div className="settings-row">
        <span aria-hidden="true">{settings.language}</span>
        <LanguageChoice />
      </div>
      <div className="settings-row">
        <span aria-hidden="true">{settings.theme}</span>
        <Segments
          label={settings.theme}
          options={themes}
          nameOf={(name) => settings.themes[name]}
          value={theme}
          onChoose={chooseTheme}
        />
      </div>
      <div className="settings-row">
        <span>
          {settings.notices}
          {notices && <span className="settings-state">{notices}</span>}
        </span>
        <Button size="small" aria-label={`${settings.changeNotices}: ${settings.notices}`} onClick={showNotices}>
          {settings.changeNotices}
        </Button>
      </div>
      {me.role === 'owner' && (
        <div className="settings-row">
          <span>{identity.workspaceName}</span>
          <Button size="small" aria-label={settings.renameWorkspace} onClick={() => open('workspace')}>
            {settings.rename}
          </Button>
        </div>
      )}
      <div className="settings-row settings-keys">
        <span>{shortcuts.title}</span>
        <Button size="small" aria-label={`${settings.show}: ${shortcuts.title}`} onClick={showShortcuts}>
          {settings.show}
        </Button>
      </div>
      <AppRow />
      <div className="settings-end">
        <p>{settings.signOutText}</p>
        {me.role === 'guest' && <p>{settings.guestWarning}</p>}
        {unsent > 0 && <p className="fault">{settings.unsent(unsent)}</p>}
        <Fault>{fault}</Fault>
        <Button kind="danger" onClick={() => void signOut().catch((error: unknown) => setFault(explain(error)))}>
          {unsent > 0 ? settings.signOutAnyway : settings.signOut}
        </Button>
      </div>
    </Dialog>
  );
}
