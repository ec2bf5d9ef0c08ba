import type { Person } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import type { Conversation } from './conversation.ts';
import { MessageItem } from './message-item.tsx';
import { heldAfter, messageRows, waitsFor } from './message-rows.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxActions } from './unsent-message.tsx';

const nothingLoaded: Conversation = { cursor: 0, messages: [], people: {}, older: false, newer: false };

type UnsentListProps = {
  channelName: string;
  waiting: Outbox;
  me: Person;
  actions: OutboxActions;
  online: boolean;
};

/** What was written to a channel whose messages haven't loaded: it shows at once there too. */
export function UnsentList({ channelName, waiting, me, actions, online }: UnsentListProps) {
  const { messages } = usePhrases();
  if (waiting.length === 0) return null;
  const range = { start: 0, end: 0 };
  const days = messageRows({
    conversation: nothingLoaded,
    range,
    waiting,
    me,
    unreadId: undefined,
    unknownAuthor: '',
  });
  const held = heldAfter(waiting);
  return (
    <div className="unsent-list" role="log" aria-label={messages.log(channelName)}>
      {days.flatMap(({ rows }) =>
        rows.map(({ key, ...row }) => (
          <MessageItem key={key} {...row} target={false} waits={waitsFor(row.entry, held, online)} actions={actions} />
        )),
      )}
    </div>
  );
}
