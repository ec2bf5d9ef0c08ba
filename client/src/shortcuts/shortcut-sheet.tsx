import { Dialog } from '../design/dialog.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { type Shortcut, shortcuts } from './shortcut-list.ts';
import './shortcut-sheet.css';

const groups = ['around', 'writing', 'formatting'] as const;

export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const { shortcuts: phrases, actions } = useMorePhrases();
  return (
    <Dialog title={phrases.title} closeLabel={actions.close} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className="shortcut-list" role="group" aria-label={phrases.title} tabIndex={0}>
        {groups.map((group) => (
          <section key={group} className="shortcut-group">
            <h3>{phrases.groups[group]}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <Line key={'action' in shortcut ? shortcut.action : shortcut.format} shortcut={shortcut} />
                ))}
            </dl>
          </section>
        ))}
        <p className="shortcut-note">{phrases.text}</p>
      </div>
    </Dialog>
  );
}

function Line({ shortcut }: { shortcut: Shortcut }) {
  const { shortcuts: phrases, formatting } = useMorePhrases();
  return (
    <div>
      <dt>{'action' in shortcut ? phrases.actions[shortcut.action] : formatting.formats[shortcut.format]}</dt>
      <dd>
        {shortcut.ways.map((keys) => (
          <span key={keys.join(' ')}>
            {keys.map((key) => (
              <kbd key={key}>{phrases.keys[key] ?? key}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
