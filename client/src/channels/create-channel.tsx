import { useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { channelNameLimit, channelTopicLimit } from '../../../shared/limits.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';

type NewChannel = { clientId: string; name: string; topic: string; private: boolean };

type CreateChannelProps = { create(channel: NewChannel): Promise<unknown>; onClose(): void };

export function CreateChannel({ create, onClose }: CreateChannelProps) {
  const { actions, channelDialogs } = useMorePhrases();
  // The same through every retry of this dialog: pressing twice makes one channel.
  const [clientId] = useState(mintClientId);
  const { busy, fault, refuse, run } = useDeed(onClose);

  const submit = (fields: FormData) => {
    const name = String(fields.get('name') ?? '').trim();
    const topic = String(fields.get('topic') ?? '').trim();
    const details = { limit: channelNameLimit };
    if (faultInName(name, channelNameLimit) !== undefined)
      return refuse({ data: { reason: 'channel-name-invalid', details } });
    void run(() => create({ clientId, name, topic, private: fields.get('private') !== null }));
  };

  return (
    <Dialog title={channelDialogs.createTitle} closeLabel={actions.close} onClose={onClose}>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
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
