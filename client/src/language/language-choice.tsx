import { useCell } from '../cell.ts';
import { Segments } from '../design/field.tsx';
import { chooseLanguage, chosenLanguage } from './language.ts';
import { languages } from './preferred-language.ts';
import { useMorePhrases } from './use-phrases.ts';

export function LanguageChoice() {
  const { settings } = useMorePhrases();
  return (
    <Segments
      label={settings.language}
      options={['en', 'es'] as const}
      nameOf={(language) => languages[language]}
      value={useCell(chosenLanguage)}
      onChoose={(language) => void chooseLanguage(language).catch(() => undefined)}
    />
  );
}
