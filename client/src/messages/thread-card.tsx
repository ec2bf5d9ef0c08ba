import { Link } from 'wouter';
import type { FollowedThread, Message } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { FilesMark } from '../files/later-files.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import type { Thread } from './thread.ts';

type ThreadCardProps = { followed: FollowedThread; thread: Thread | undefined; channelName: string; href: string };

/** One thread in the list: where it is, what is replied to, the last reply, and how many are new. */
export function ThreadCard({ followed, thread, channelName, href }: ThreadCardProps) {
  const { threads, messages, threadPane } = useMorePhrases();
  const formats = useFormats();
  const unread = followed.lastNumber - followed.readNumber;
  const last = thread?.messages.findLast(({ deletedBy }) => deletedBy === undefined);
  const line = (message: Message) => {
    const name = thread?.people[message.author]?.name ?? messages.someone;
    return (
      <p className="thread-line">
        <Avatar id={message.author} name={name} picture={thread?.people[message.author]?.avatar} />
        <bdi>{name}</bdi>
        <span dir="auto">{message.deletedBy === undefined ? message.text.slice(0, 300) : messages.wasDeleted}</span>
        {message.attachments && <FilesMark files={message.attachments} />}
      </p>
    );
  };
  return (
    <Link className="thread-card" href={href} data-unread={unread > 0}>
      <span className="thread-place">
        <bdi>{channelName}</bdi>
        <time dateTime={new Date(followed.lastAt).toISOString()}>{formats.dateAndTime(followed.lastAt)}</time>
      </span>
      {thread && line(thread.root)}
      {last && line(last)}
      <span className="thread-foot">
        {threads.replies(thread?.root.replies?.count ?? followed.lastNumber)}
        {unread > 0 && <strong>{threadPane.unread(unread)}</strong>}
      </span>
    </Link>
  );
}
