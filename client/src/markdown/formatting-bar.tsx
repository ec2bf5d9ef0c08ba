import type { RefObject } from 'react';
import { Icon, type IconName } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import type { Format } from './format-text.ts';
import { setFormat } from './writing-keys.ts';
import './formatting-bar.css';

const shown: readonly (readonly [Format, IconName])[] = [
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strike', 'strike'],
  ['link', 'link'],
  ['list', 'list'],
  ['numbers', 'numbers'],
  ['quote', 'quote'],
  ['code', 'code'],
  ['block', 'code-block'],
  ['spoiler', 'hidden'],
];

export function FormattingBar({ area }: { area: RefObject<HTMLTextAreaElement | null> }) {
  const { formatting } = usePhrases();
  return (
    <div className="formatting-bar" role="toolbar" aria-label={formatting.title}>
      {shown.map(([format, icon]) => (
        <button
          key={format}
          type="button"
          className="icon-button"
          aria-label={formatting.formats[format]}
          title={formatting.formats[format]}
          // The text keeps the focus and its selection.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => area.current && setFormat(area.current, format)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
