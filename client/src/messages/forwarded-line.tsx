import { Link } from 'wouter';
import type { Forwarded } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';

/** Whose words they are, with the way to where they were written, if that is public. */
export function ForwardedLine({ forwarded }: { forwarded: Forwarded }) {
  const { messages } = usePhrases();
  const formats = useFormats();
  const { name, at, from } = forwarded;
  const sentence = messages.forwardedFrom(name, formats.dateAndTime(at));
  return (
    <span className="forwarded-line">
      <Icon name="forward" />
      {from ? <Link href={`/c/${from.channel}/m/${from.message}`}>{sentence}</Link> : sentence}
    </span>
  );
}
