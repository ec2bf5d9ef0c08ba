import { workspaceNameLimit } from '../../../shared/limits.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';

type RenameWorkspaceProps = { name: string; rename(name: string): Promise<unknown>; onClose(): void };

export function RenameWorkspace({ name, rename, onClose }: RenameWorkspaceProps) {
  const { settings, identity, channelDialogs, actions } = useMorePhrases();
  const { busy, fault, refuse, run } = useDeed(onClose);
  const submit = (wanted: string) => {
    const details = { limit: workspaceNameLimit };
    if (faultInName(wanted, workspaceNameLimit)) refuse({ data: { reason: 'name-invalid', details } });
    else void run(() => rename(wanted));
  };
  return (
    <Dialog title={settings.renameWorkspace} closeLabel={actions.close} onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(String(new FormData(event.currentTarget).get('name') ?? '').trim());
        }}
      >
        <Field
          label={identity.workspaceName}
          hint={settings.renameWorkspaceHint}
          name="name"
          maxLength={workspaceNameLimit}
          defaultValue={name}
          autoComplete="off"
        />
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {channelDialogs.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
