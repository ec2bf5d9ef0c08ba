import { useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { channelNameLimit, channelTopicLimit } from '../../../shared/limits.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

type NewChannel = { clientId: string; name: string; topic: string; private: boolean };

type CreateChannelProps = { create(channel: NewChannel): Promise<unknown>; onClose(): void };

export function CreateChannel({ create, onClose }: CreateChannelProps) {
  const { actions, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  // The same through every retry of this dialog: pressing twice makes one channel.
  const [clientId] = useState(mintClientId);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();

  const submit = async (fields: FormData) => {
    const name = String(fields.get('name') ?? '').trim();
    const topic = String(fields.get('topic') ?? '').trim();
    const details = { limit: channelNameLimit };
    if (faultInName(name, channelNameLimit) !== undefined)
      return setFault(explain({ data: { reason: 'channel-name-invalid', details } }));
    setBusy(true);
    try {
      await create({ clientId, name, topic, private: fields.get('private') !== null });
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={channelDialogs.createTitle} closeLabel={actions.close} onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit(new FormData(event.currentTarget));
        }}
      >
        <Field
          label={channelDialogs.name}
          hint={channelDialogs.nameHint}
          name="name"
          maxLength={channelNameLimit}
          required
          autoComplete="off"
        />
        <Field label={channelDialogs.topic} name="topic" maxLength={channelTopicLimit} autoComplete="off" />
        <Choice type="checkbox" name="private" label={channelDialogs.private} hint={channelDialogs.privateHint} />
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {channelDialogs.createIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
