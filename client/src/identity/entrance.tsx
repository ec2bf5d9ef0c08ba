import type { ReactNode } from 'react';
import { Mark } from '../design/mark.tsx';
import { LanguageChoice } from '../language/language-choice.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import './entrance.css';

/** The frame of every screen before the chat. */
export function Entrance({ title, text, children }: { title: ReactNode; text?: ReactNode; children?: ReactNode }) {
  const { identity } = useMorePhrases();
  return (
    <div className="entrance">
      <header>
        <Mark />
        <span className="wordmark">Ronda</span>
        <LanguageChoice />
      </header>
      <main>
        <h1>{title}</h1>
        {text !== undefined && <p className="entrance-text">{text}</p>}
        {children}
      </main>
      <footer>{identity.tagline}</footer>
      <div className="entrance-ring" aria-hidden="true">
        <Mark />
      </div>
    </div>
  );
}
