import { memo } from 'react';
import { once } from '../../../shared/once.ts';
import './avatar.css';

const letters = once(() => new Intl.Segmenter());
/** Below the first combining mark every sign is a letter by itself, as in most names. */
const plainLetter = /^[!-\u02ff](?=[!-\u02ff]|$)/u;

/** The golden angle: neighbours in number are far apart in colour. */
const turn = 137.508;

type AvatarProps = { id: number; name: string; picture?: string | undefined };

/** A person's picture over their initials on a colour of their own; the name is in the text beside it. */
export const Avatar = memo(function Avatar({ id, name, picture }: AvatarProps) {
  return (
    <span
      className="avatar"
      aria-hidden="true"
      data-person={id || undefined}
      style={{ '--hue': (id * turn + 150) % 360 } as React.CSSProperties}
    >
      {initialsOf(name)}
      {picture !== undefined && (
        <img
          key={picture}
          src={`/files/avatars/${picture}`}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          // One that is gone leaves the initials.
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
});

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstLetter(words[0] ?? '');
  const last = words.length > 1 ? firstLetter(words[words.length - 1] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

function firstLetter(word: string): string {
  const [plain] = plainLetter.exec(word) ?? [];
  if (plain !== undefined) return plain;
  const [letter] = letters().segment(word);
  // A letter under a pile of marks would burst the circle.
  return letter === undefined
    ? ''
    : letter.segment
        .normalize('NFC')
        .slice(0, 8)
        .replace(/(\P{M}\p{M})\p{M}+/gu, '$1');
}
