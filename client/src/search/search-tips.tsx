import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

/** Before anything is looked for: what was, on this device, and what can be. */
export function SearchTips({ recent, onChoose }: { recent: readonly string[]; onChoose(typed: string): void }) {
  const { search } = useMorePhrases();
  return (
    <>
      {recent.length > 0 && (
        <section className="search-recent">
          <h3>{search.recent}</h3>
          <ul>
            {recent.map((typed) => (
              <li key={typed}>
                <button type="button" onClick={() => onChoose(typed)}>
                  <Icon name="search" />
                  <bdi className="search-line">{typed}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="search-tips">
        <h3>{search.tips}</h3>
        <dl>
          {search.examples.map(([example, means]) => (
            <div key={example}>
              <dt>
                <code>{example}</code>
              </dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
