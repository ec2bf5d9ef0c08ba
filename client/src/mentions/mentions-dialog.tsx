import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { MentionsPage, Person } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { spokenText } from '../markdown/spoken-text.ts';
import { useExplain } from '../wire/use-explain.ts';
import '../design/found-list.css';
import './mentions.css';

type MentionsDialogProps = {
  pages: UseInfiniteQueryResult<{ pages: MentionsPage[] }>;
  channelName(channel: number): string | undefined;
  /** All channels, not only what called me; undefined where nothing is unread. */
  markAllRead: (() => void) | undefined;
  onClose(): void;
};

/** What called me, newest first; each leads to its place. */
export function MentionsDialog({ pages, channelName, markAllRead, onClose }: MentionsDialogProps) {
  const { mentions, actions, mentionList } = useMorePhrases();
  const explain = useExplain();
  const loaded = pages.data?.pages ?? [];
  const people = new Map<number, Person>(loaded.flatMap((page) => page.people.map((one) => [one.id, one] as const)));
  const found = loaded.flatMap((page) => page.messages).filter(({ channel }) => channelName(channel) !== undefined);
  return (
    <Dialog title={mentions.title} closeLabel={actions.close} onClose={onClose}>
      {markAllRead && (
        <Button size="small" title="Shift+Esc" aria-keyshortcuts="Shift+Escape" onClick={markAllRead}>
          {mentionList.allRead}
        </Button>
      )}
      {pages.isError ? (
        <div role="alert">
          <p className="fault">{explain(pages.error)}</p>
          <Button onClick={() => void pages.refetch()}>{actions.retry}</Button>
        </div>
      ) : pages.isPending ? (
        <Blank title={mentionList.loading} turning />
      ) : found.length === 0 ? (
        <Blank title={mentionList.noneTitle}>
          <p>{mentionList.noneText}</p>
        </Blank>
      ) : (
        <ul className="found-list">
          {found.map((message) => (
            <li key={message.id}>
              <Link href={`/c/${message.channel}/m/${message.id}`} onClick={onClose}>
                <Found message={message} author={people.get(message.author)} channel={channelName(message.channel)} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {mentionList.more}
        </Button>
      )}
    </Dialog>
  );
}

type FoundProps = {
  message: MentionsPage['messages'][number];
  author: Person | undefined;
  channel: string | undefined;
};

function Found({ message, author, channel }: FoundProps) {
  const formats = useFormats();
  const { markdown, messages } = useMorePhrases();
  const name = author?.name ?? messages.someone;
  return (
    <>
      <Avatar id={message.author} name={name} picture={author?.avatar} />
      <span>
        <span className="found-head">
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <bdi>#{channel}</bdi>
          <time dateTime={new Date(message.at).toISOString()}>{formats.dateAndTime(message.at)}</time>
        </span>
        <span className="found-text" dir="auto">
          {spokenText(message.text, markdown)} {message.attachments && <FilesMark files={message.attachments} />}
        </span>
      </span>
    </>
  );
}
