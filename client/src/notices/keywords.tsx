import { useId, useRef } from 'react';
import { keywordLengthLimit, keywordsLimit } from '../../../shared/limits.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { Button, IconButton } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

type KeywordsProps = { keywords: string[]; set(keywords: string[]): void };

/** Words that call one as a mention does. */
export function Keywords({ keywords, set }: KeywordsProps) {
  const { notices } = useMorePhrases();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    const word = (field.current?.value ?? '').trim().replace(/\s+/g, ' ');
    if (field.current) field.current.value = '';
    const isNew = foldName(word) !== '' && !keywords.some((known) => foldName(known) === foldName(word));
    if (isNew) set([...keywords, word]);
  };
  return (
    <section className="notices-section">
      <h3 id={id}>{notices.keywords}</h3>
      <p className="notices-hint" id={`${id}-hint`}>
        {notices.keywordsHint}
      </p>
      {keywords.length > 0 && (
        <ul className="keywords" aria-labelledby={id}>
          {keywords.map((word) => (
            <li key={word}>
              <bdi>{word}</bdi>
              <IconButton
                icon="close"
                label={notices.removeKeyword(word)}
                onClick={() => set(keywords.filter((one) => one !== word))}
              />
            </li>
          ))}
        </ul>
      )}
      {keywords.length < keywordsLimit && (
        <form
          className="keyword-form"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            ref={field}
            className="keyword-field"
            aria-label={notices.keyword}
            aria-describedby={`${id}-hint`}
            maxLength={keywordLengthLimit}
            autoComplete="off"
            dir="auto"
          />
          <Button type="submit">{notices.addKeyword}</Button>
        </form>
      )}
    </section>
  );
}
