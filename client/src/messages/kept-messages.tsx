import { type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { SingleMessage } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Blank } from '../design/blank.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Mark } from '../design/mark.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import type { SingleMessageQuery } from './message-actions.ts';
import './kept-messages.css';

type Kept = { message: number; channel: number; note: string };

type KeptMessagesProps = {
  title: string;
  none: { title: string; text: string };
  query: Pick<UseQueryResult, 'isError' | 'error' | 'refetch'>;
  kept: Kept[] | undefined;
  queryMessage: SingleMessageQuery;
  removeLabel: string;
  remove: ((message: number) => void) | undefined;
  onClose(): void;
};

/** Messages that somebody put aside, each with the way to it: a channel's pins, or what I saved. */
export function KeptMessages(props: KeptMessagesProps) {
  const { title, none, query, kept, queryMessage, removeLabel, remove, onClose } = props;
  const { actions } = usePhrases();
  const explain = useExplain();
  return (
    <Dialog title={title} closeLabel={actions.close} onClose={onClose}>
      {kept === undefined ? (
        query.isError ? (
          <>
            <p className="fault" role="alert">
              {explain(query.error)}
            </p>
            <Button onClick={() => void query.refetch()}>{actions.retry}</Button>
          </>
        ) : (
          <Mark turning />
        )
      ) : kept.length === 0 ? (
        <Blank title={none.title}>
          <p>{none.text}</p>
        </Blank>
      ) : (
        <ul className="kept-messages">
          {kept.map((one) => (
            <KeptMessage key={one.message} {...one} query={queryMessage(one.message)} onOpen={onClose}>
              {remove && <IconButton icon="close" label={removeLabel} onClick={() => remove(one.message)} />}
            </KeptMessage>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

type KeptMessageProps = Kept & {
  query: UseQueryOptions<SingleMessage>;
  onOpen(): void;
  children: React.ReactNode;
};

function KeptMessage({ message: id, channel, note, query, onOpen, children }: KeptMessageProps) {
  const { messages } = usePhrases();
  const formats = useFormats();
  const { data } = useQuery(query);
  const { message, people } = data ?? {};
  const author = people?.find((person) => person.id === message?.author);
  return (
    <li>
      <Avatar id={author?.id ?? 0} name={author?.name ?? ''} picture={author?.avatar} />
      <Link href={`/c/${channel}/m/${id}`} onClick={onOpen}>
        <span className="kept-head">
          <bdi>{author?.name ?? messages.someone}</bdi>
          {message && <time dateTime={new Date(message.at).toISOString()}>{formats.dateAndTime(message.at)}</time>}
        </span>
        <span className="kept-text" dir="auto">
          {message?.text}
        </span>
        {message?.attachments && (
          <span>
            <FilesMark files={message.attachments} />
          </span>
        )}
        <span className="kept-note">{note}</span>
      </Link>
      {children}
    </li>
  );
}
