import { useId, useState } from 'react';
import { channelDescriptionLimit, channelNameLimit, channelTopicLimit } from '../../../shared/limits.ts';
import type { Channel } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Fault, Field } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

export type ChannelChange = { name?: string; topic?: string; description?: string; archived?: boolean };

type AboutChannelProps = {
  channel: Channel;
  mayDescribe: boolean;
  mayLookAfter: boolean;
  change(change: ChannelChange): Promise<unknown>;
};

/** What the channel is about, for everyone to read and for those who may to write. */
export function AboutChannel({ channel, mayDescribe, mayLookAfter, change }: AboutChannelProps) {
  const { channels, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const descriptionId = useId();
  const [fault, setFault] = useState<string>();
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');

  const submit = async (wanted: ChannelChange) => {
    setFault(undefined);
    setState('busy');
    try {
      await change(wanted);
      setState('saved');
    } catch (error) {
      setFault(explain(error));
      setState('idle');
    }
  };
  const archiving = mayLookAfter && (
    <div className="channel-end">
      <p className="dialog-note">{channel.archived ? channels.archivedText : channelDialogs.archiveHint}</p>
      <Button
        kind={channel.archived ? 'quiet' : 'danger'}
        size="small"
        onClick={() => void submit({ archived: !channel.archived })}
      >
        <Icon name="archive" />
        {channel.archived ? channelDialogs.unarchive : channelDialogs.archive}
      </Button>
    </div>
  );

  if (!mayDescribe || channel.archived)
    return (
      <>
        <dl className="channel-about">
          {channel.topic !== '' && (
            <>
              <dt>{channelDialogs.topicHeading}</dt>
              <dd dir="auto">{channel.topic}</dd>
            </>
          )}
          <dt>{channelDialogs.description}</dt>
          <dd dir="auto">{channel.description || channelDialogs.noDescription}</dd>
        </dl>
        <Fault>{fault}</Fault>
        {archiving}
      </>
    );
  return (
    <>
      <form
        className="dialog-form"
        onChange={() => setState('idle')}
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const text = (name: string) => String(fields.get(name) ?? '').trim();
          const words = { topic: text('topic'), description: text('description') };
          if (state !== 'busy') void submit(mayLookAfter ? { ...words, name: text('name') } : words);
        }}
      >
        {mayLookAfter && (
          <Field
            label={channelDialogs.name}
            name="name"
            defaultValue={channel.name}
            maxLength={channelNameLimit}
            autoComplete="off"
          />
        )}
        <Field
          label={channelDialogs.topic}
          name="topic"
          defaultValue={channel.topic}
          maxLength={channelTopicLimit}
          autoComplete="off"
        />
        <div className="field">
          <label htmlFor={descriptionId}>{channelDialogs.description}</label>
          <textarea
            className="input"
            id={descriptionId}
            name="description"
            dir="auto"
            rows={4}
            defaultValue={channel.description}
            maxLength={channelDescriptionLimit}
          />
        </div>
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          <span className="people-aside" role="status">
            {state === 'saved' && channelDialogs.saved}
          </span>
          <Button kind="primary" type="submit" busy={state === 'busy'}>
            {channelDialogs.keep}
          </Button>
        </div>
      </form>
      {archiving}
    </>
  );
}
