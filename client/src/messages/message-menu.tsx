import { useLayoutEffect, useRef } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { Icon } from '../design/icon.tsx';
import { useBackClosesOnPhone } from '../design/use-back-closes.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { type MenuItem, useMessageMenuItems } from './message-menu-items.ts';
import { QuickReactions } from './quick-reactions.tsx';

type MessageMenuProps = { message: Message; anchor: DOMRect; onClose(): void };

/** All that can be done with a message: beside it on a wide screen, as a sheet from below on a narrow one. */
export function MessageMenu({ message, anchor, onClose }: MessageMenuProps) {
  const { messages } = usePhrases();
  const items = useMessageMenuItems(message);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const below = anchor.bottom + 4 + height <= innerHeight;
    element.style.setProperty('--top', `${Math.max(8, below ? anchor.bottom + 4 : anchor.top - height - 4)}px`);
    const left = getComputedStyle(element).direction === 'rtl' ? anchor.left : anchor.right - width;
    element.style.setProperty('--left', `${Math.min(Math.max(8, left), innerWidth - width - 8)}px`);
    element.querySelector('button')?.focus({ preventScroll: true });
  }, [anchor]);

  const close = () => menu.current?.hidePopover();
  useBackClosesOnPhone(close);
  const choose = ({ act }: MenuItem) => {
    close();
    act();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={menu}
      role="group"
      className="menu message-menu"
      popover="auto"
      aria-label={messages.menu}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => {
        const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
        buttons.at((at + step + buttons.length) % buttons.length)?.focus();
      }}
    >
      <div className="menu-reactions">
        <QuickReactions message={message} count={6} onDone={close} />
      </div>
      {items.map((item) => (
        <button key={item.icon} type="button" data-danger={item.danger} onClick={() => choose(item)}>
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  );
}
