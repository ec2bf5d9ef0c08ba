import { memo } from 'react';
import { useCell } from '../cell.ts';
import { chosenLanguage } from '../language/language.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { columns, type EmojiSection } from './emoji-rows.ts';

type EmojiSectionViewProps = EmojiSection & { idPrefix: string; tone: number; active: number | undefined };

/** Drawn again only when it is its turn: an arrow key in a list of two thousand must not cost all of them. */
export const EmojiSectionView = memo(function EmojiSectionView(props: EmojiSectionViewProps) {
  const { group, emoji, idPrefix, tone, active } = props;
  const { emoji: phrases } = useMorePhrases();
  const language = useCell(chosenLanguage);
  const rows = Math.ceil(emoji.length / columns);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={phrases.groups[group]} style={{ '--rows': rows } as React.CSSProperties}>
      <div className="emoji-group" aria-hidden="true">
        {phrases.groups[group]}
      </div>
      {emoji.map((one, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the search field points at it
        <span
          key={one.emoji}
          id={`${idPrefix}-${index}`}
          role="option"
          aria-selected={index === active}
          aria-label={one.label[language]}
          title={one.label[language]}
        >
          {one.tones[tone - 1] ?? one.emoji}
        </span>
      ))}
    </div>
  );
});
