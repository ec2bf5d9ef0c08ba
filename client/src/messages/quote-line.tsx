import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { FilesMark } from '../files/later-files.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';

/** What a message answers, in one line that leads to it. Its height is there before its words are. */
export function QuoteLine({ channel, message: id }: { channel: number; message: number }) {
  const { messages } = usePhrases();
  const { queryMessage } = useMessageActions();
  const { data, isError } = useQuery(queryMessage(id));
  const author = data?.people.find((person) => person.id === data.message.author)?.name;
  const gone = isError || data?.message.deletedBy !== undefined;
  return (
    <Link
      className="quote-line"
      href={`/c/${channel}/m/${id}`}
      aria-label={messages.quoted(author ?? messages.someone)}
    >
      {gone ? (
        <em>{messages.wasDeleted}</em>
      ) : (
        <>
          <bdi>{author}</bdi>
          <span dir="auto">{data?.message.text.slice(0, 200)}</span>
          {data?.message.attachments && <FilesMark files={data.message.attachments} />}
        </>
      )}
    </Link>
  );
}
