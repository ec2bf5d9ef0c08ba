import type { Message, Reaction } from '../../../shared/protocol.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { useMessageActions } from './message-actions.ts';

const named = 20;

/** One chip an emoji, in the order in which each was first set; mine are marked, and names show on hover and focus. */
export function ReactionChips({ message }: { message: Message }) {
  const { messages } = usePhrases();
  const formats = useFormats();
  const { me, nameOf, react } = useMessageActions();
  const groups = byEmoji(message.reactions ?? []);
  if (groups.size === 0) return null;
  return (
    <ul className="reactions" aria-label={messages.reactions}>
      {[...groups].map(([emoji, members]) => {
        const names = members.slice(0, named).map((id) => (id === me.id ? messages.you : nameOf(id)));
        const others = members.length - names.length;
        const who = formats.list(others > 0 ? [...names, messages.others(others)] : names);
        const sentence = messages.reacted(emoji, who);
        return (
          <li key={emoji}>
            <button
              type="button"
              className="reaction"
              aria-pressed={members.includes(me.id)}
              aria-label={sentence}
              data-names={sentence}
              onClick={() => react(message, emoji)}
            >
              <span aria-hidden="true">{emoji}</span> <span aria-hidden="true">{members.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function byEmoji(reactions: readonly Reaction[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { emoji, member } of reactions) groups.set(emoji, [...(groups.get(emoji) ?? []), member]);
  return groups;
}
