import { useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { sectionNameLimit } from '../../../shared/limits.ts';
import type { JoinedChannel, Sidebar } from '../../../shared/protocol.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { withSection } from './sections.ts';

type NameSectionProps = {
  sidebar: Sidebar;
  /** The one to rename; a new one where it isn't given. */
  section: string | undefined;
  arrange(sidebar: Sidebar): Promise<unknown>;
  onClose(): void;
};

export function NameSection({ sidebar, section, arrange, onClose }: NameSectionProps) {
  const { channels, actions, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const [id] = useState(() => section ?? mintClientId());
  const [fault, setFault] = useState<string>();
  const submit = async (name: string) => {
    const details = { limit: sectionNameLimit };
    if (faultInName(name, sectionNameLimit)) return setFault(explain({ data: { reason: 'name-invalid', details } }));
    await arrange(withSection(sidebar, id, name)).then(onClose, (error: unknown) => setFault(explain(error)));
  };
  return (
    <Dialog
      title={section === undefined ? channels.newSection : channels.renameSection}
      closeLabel={actions.close}
      onClose={onClose}
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(String(new FormData(event.currentTarget).get('name') ?? '').trim());
        }}
      >
        <Field
          label={channelDialogs.name}
          hint={channelDialogs.sectionHint}
          name="name"
          maxLength={sectionNameLimit}
          defaultValue={sidebar.sections.find((one) => one.id === section)?.name}
          autoComplete="off"
        />
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="primary" type="submit">
            {channelDialogs.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type MoveChannelProps = {
  channel: JoinedChannel;
  sidebar: Sidebar;
  move(section: string | null): Promise<unknown>;
  onNew(): void;
  onClose(): void;
};

export function MoveChannel({ channel, sidebar, move, onNew, onClose }: MoveChannelProps) {
  const { channels, actions, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [section, setSection] = useState(channel.membership.section);
  const moveTo = (to: string | null) => {
    setSection(to);
    void move(to).then(onClose, (error: unknown) => {
      setSection(channel.membership.section);
      setFault(explain(error));
    });
  };
  const inOne = sidebar.sections.some(({ id }) => id === section);
  return (
    <Dialog title={channelDialogs.moveTitle(channel.name)} closeLabel={actions.close} onClose={onClose}>
      <div className="dialog-form">
        {sidebar.sections.map(({ id, name }) => (
          <Choice
            key={id}
            type="radio"
            name="section"
            label={name}
            checked={id === section}
            onChange={() => moveTo(id)}
          />
        ))}
        <Choice
          type="radio"
          name="section"
          label={channels.sections[channel.direct ? 'direct' : 'channels']}
          checked={!inOne}
          onChange={() => moveTo(null)}
        />
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onNew}>{channels.newSection}</Button>
        </div>
      </div>
    </Dialog>
  );
}
