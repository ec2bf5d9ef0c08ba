import { memo } from 'react';
import { Avatar } from '../design/avatar.tsx';
import { later } from '../design/later.tsx';
import { MessageFiles } from '../files/later-files.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import { mentionsMember } from '../mentions/mentions-me.ts';
import { StatusMark } from '../people/status-mark.tsx';
import { MessageAbout } from './message-about.tsx';
import { useIsEditing, useMessageActions } from './message-actions.ts';
import { MessageFooter } from './message-footer.tsx';
import type { MessageRow, Waits } from './message-rows.ts';
import { MessageText } from './message-text.tsx';
import type { OutboxActions } from './unsent-message.tsx';
import { useMessageControls } from './use-message-controls.tsx';

const UnsentMessage = later(withPhrases(async () => (await import('./unsent-message.tsx')).UnsentMessage));
const MessageEditor = later(async () => (await import('./message-editor.tsx')).MessageEditor);

const none: readonly never[] = [];

type MessageItemProps = Omit<MessageRow, 'key'> & {
  /** What one came here for. */
  target: boolean;
  waits: Waits;
  actions: OutboxActions;
};

export const MessageItem = memo(function MessageItem(row: MessageItemProps) {
  const { author, text, at, message, entry, startsGroup, startsUnread, target, waits, actions } = row;
  const { messages, workspace } = usePhrases();
  const formats = useFormats();
  const { me, calls } = useMessageActions();
  const editing = useIsEditing(message);
  const { rowProps, controls } = useMessageControls(message);
  const files = message?.attachments ?? entry?.attachments ?? none;
  const state =
    entry === undefined || entry.state.kind === 'accepted'
      ? 'sent'
      : entry.state.kind === 'failed'
        ? 'failed'
        : 'sending';
  const time = (
    <time
      dateTime={new Date(at).toISOString()}
      title={message && messages.accepted(message.replica, message.id, formats.moment(at))}
    >
      {formats.time(at)}
    </time>
  );
  return (
    <>
      {startsUnread && (
        <div className="unread-line" data-unread-line>
          <span aria-hidden="true">{messages.unreadLine}</span>
          <span className="unseen">{messages.unreadLineLabel}</span>
        </div>
      )}
      <div
        {...rowProps}
        className="message"
        data-row
        data-message-id={message?.id}
        data-client-id={message?.clientId ?? entry?.clientId}
        data-state={state}
        data-starts-group={startsGroup}
        data-target={target || undefined}
        aria-current={target || undefined}
        data-mentions-me={(message && mentionsMember(message, me.id)) || undefined}
      >
        {startsGroup && <Avatar id={author.id} name={author.name} picture={author.avatar} />}
        <div className="message-body">
          {startsGroup ? (
            <div className="message-head">
              <button type="button" className="message-author" tabIndex={-1} data-person={author.id}>
                <bdi>{author.name}</bdi>
              </button>
              <StatusMark member={author.id} />
              {author.former && <span className="message-former">{workspace.former}</span>}
              {time}
            </div>
          ) : (
            <span className="unseen">
              <bdi>{author.name}</bdi>:{' '}
            </span>
          )}
          {message && <MessageAbout message={message} />}
          {message?.deletedBy !== undefined ? (
            <p className="message-gone">{messages.wasDeleted}</p>
          ) : message && editing ? (
            <MessageEditor message={message} />
          ) : (
            (text !== '' || files.length === 0) && (
              <MessageText text={text} mentions={message?.mentions} mine={author.id === me.id} />
            )
          )}
          {files.length > 0 && (
            <MessageFiles
              files={files}
              author={author.name}
              at={at}
              message={message?.number ? message : undefined}
              beside={calls.pictures}
              detach={actions.detach}
            />
          )}
          {message && <MessageFooter message={message} />}
          {entry && state === 'failed' && <UnsentMessage entry={entry} actions={actions} />}
          {state === 'sending' && (
            <span className="message-sending">
              {waits === 'above' ? messages.held : waits ? messages.offline : messages.sending}
            </span>
          )}
        </div>
        {!startsGroup && <span className="message-aside">{time}</span>}
        {controls}
      </div>
    </>
  );
});
