import { memo } from 'react';
import { Link } from 'wouter';
import type { Message, Person } from '../../../shared/protocol.ts';
import type { SearchedWord } from '../../../shared/search-query.ts';
import { Avatar } from '../design/avatar.tsx';
import { Icon } from '../design/icon.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { excerptOf, messageExcerpt, type Stretch } from './highlight.ts';

type FoundMessageProps = {
  message: Message;
  author: Person | undefined;
  place: string | undefined;
  words: readonly SearchedWord[];
  current: boolean;
  onGo(): void;
};

/** Leads to its place in the channel, or in its thread where it is in that alone. */
export const FoundMessage = memo(function FoundMessage({
  message,
  author,
  place,
  words,
  current,
  onGo,
}: FoundMessageProps) {
  const formats = useFormats();
  const { messages, markdown } = useMorePhrases();
  const { id, channel, number, thread, at, text, attachments = [] } = message;
  const name = author?.name ?? messages.someone;
  const href =
    number === 0 && thread !== undefined ? `/c/${channel}/m/${thread}?thread=${thread}` : `/c/${channel}/m/${id}`;
  return (
    <li>
      <Link href={href} aria-current={current || undefined} onClick={onGo}>
        <Avatar id={message.author} name={name} picture={author?.avatar} />
        <span>
          <span className="found-head">
            <strong>
              <bdi>{name}</bdi>
            </strong>
            {place !== undefined && <bdi>{place}</bdi>}
            <time dateTime={new Date(at).toISOString()}>{formats.dateAndTime(at)}</time>
          </span>
          <span className="found-text" dir="auto">
            <Marked stretches={messageExcerpt(text, words, markdown.spoiler)} />
          </span>
          {attachments.map((file) => (
            <span key={file.id} className="search-file">
              <Icon name="folder" />
              <bdi>
                <Marked stretches={excerptOf(file.name, words)} />
              </bdi>
            </span>
          ))}
        </span>
      </Link>
    </li>
  );
});

function Marked({ stretches }: { stretches: Stretch[] }) {
  return stretches.map(({ text, found }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one text don't move
    found ? <mark key={index}>{text}</mark> : text,
  );
}
