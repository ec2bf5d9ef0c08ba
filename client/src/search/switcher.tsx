import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { closeness } from './fuzzy.ts';
import '../design/options.css';
import './switcher.css';

/** Something that one can go to or do. `others` are more words that it goes by. */
export type SwitcherOption = {
  key: string;
  icon: IconName;
  label: string;
  detail?: string | undefined;
  others?: readonly string[];
  unread?: number;
  mentions?: number;
  /** All that is said there calls me. */
  direct?: boolean;
  /** Before anything is typed: the higher the sooner, undefined for not at all. */
  first?: number | undefined;
  run(): unknown;
};

type SwitcherProps = {
  options: readonly SwitcherOption[];
  /** What else there is for what is typed, such as people. */
  onTyped(typed: string): void;
  search(typed: string): void;
  onClose(): void;
};

const most = 40;

/** Goes anywhere by a few letters: the focus stays in the field, the arrows choose, Enter goes. */
export function Switcher({ options, onTyped, search, onClose }: SwitcherProps) {
  const { switcher, actions, channels, mentions } = useMorePhrases();
  const formats = useFormats();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const deferred = useDeferredValue(typed);
  const found = useMemo(() => {
    const text = deferred.trim();
    const fits = rank(options, text).slice(0, most);
    if (text === '') return fits;
    const words: SwitcherOption = {
      key: 'search',
      icon: 'search',
      label: switcher.searchFor(text),
      run: () => search(text),
    };
    return [...fits, words];
  }, [options, deferred, switcher, search]);
  const chosen = Math.min(active, found.length - 1);

  const latest = useRef(onTyped);
  latest.current = onTyped;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(typed.trim()), 100);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${chosen}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);

  const take = (option: SwitcherOption | undefined) => {
    if (option === undefined) return;
    onClose();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      onClose();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) setActive((chosen + step + found.length) % found.length);
    else if (event.key === 'Enter') take(rankedNow());
    else return;
    event.preventDefault();
  };
  /** Who types fast and presses Enter means what was typed, not what was shown. */
  const rankedNow = () => {
    if (deferred === typed) return found[chosen];
    const text = typed.trim();
    return rank(options, text)[0] ?? ({ key: 'search', icon: 'search', label: text, run: () => search(text) } as const);
  };

  return (
    <Dialog title={switcher.title} closeLabel={actions.close} onClose={onClose}>
      <div className="switcher">
        <input
          className="input"
          type="text"
          role="combobox"
          dir="auto"
          maxLength={200}
          aria-label={switcher.field}
          placeholder={switcher.field}
          autoComplete="off"
          autoCapitalize="none"
          enterKeyHint="go"
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <span className="unseen" role="status">
          {switcher.found(found.length)}
        </span>
        <div ref={list} className="switcher-list options" role="listbox" id={`${id}-list`} aria-label={switcher.title}>
          {found.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the field
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it
            <div
              key={option.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              data-unread={(option.unread ?? 0) > 0}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <Icon name={option.icon} />
              <bdi>{option.label}</bdi>
              {(option.unread ?? 0) > 0 && (
                <span
                  className="channel-badge"
                  data-kind={(option.mentions ?? 0) > 0 || option.direct ? 'mentions' : 'unread'}
                >
                  <span aria-hidden="true">{formats.number(option.mentions || option.unread || 0)}</span>
                  <span className="unseen">
                    {(option.mentions ?? 0) > 0
                      ? mentions.unread(option.mentions ?? 0)
                      : channels.unread(option.unread ?? 0)}
                  </span>
                </span>
              )}
              {option.detail !== undefined && <small>{option.detail}</small>}
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

/** What fits best comes first; of what fits the same, what has something new. */
function rank(options: readonly SwitcherOption[], typed: string): SwitcherOption[] {
  if (typed === '')
    return options
      .filter(({ first }) => first !== undefined)
      .sort((one, other) => (other.first ?? 0) - (one.first ?? 0));
  return options
    .map((option) => ({
      option,
      closeness: Math.max(...[option.label, ...(option.others ?? [])].map((name) => closeness(typed, name))),
    }))
    .filter((one) => one.closeness > 0)
    .sort((one, other) => other.closeness - one.closeness || (other.option.first ?? 0) - (one.option.first ?? 0))
    .map(({ option }) => option);
}
