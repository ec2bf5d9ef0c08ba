import { type ComponentProps, type ReactNode, useId, useRef } from 'react';
import './dialog.css';

type MenuProps = {
  /** What is inside the button that opens it. */
  button: ReactNode;
  buttonProps?: ComponentProps<'button'>;
  side?: 'below' | 'above';
  children: ReactNode;
  onOpen?(): void;
  onToggle?(open: boolean): void;
};

/** What a long menu takes: with less below its button it opens upwards, if there is more. */
const roomPx = 280;

/** A popover by a button: Esc and a click elsewhere close it, as the browser does for all of them. */
export function Menu({ button, buttonProps, side = 'below', children, onOpen, onToggle }: MenuProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const place = (menu: HTMLElement) => {
    const anchor = opener.current?.closest('[data-menu-anchor]') ?? opener.current;
    const box = anchor?.getBoundingClientRect();
    if (!box) return;
    const below = innerHeight - box.bottom;
    const up = side === 'above' || (below < roomPx && box.top > below);
    menu.style.top = up ? '' : `${box.bottom + 6}px`;
    menu.style.bottom = up ? `${innerHeight - box.top + 6}px` : '';
    if (box.left + box.width / 2 > innerWidth / 2) menu.style.right = `${Math.max(8, innerWidth - box.right)}px`;
    else menu.style.left = `${Math.max(8, box.left)}px`;
  };
  return (
    <>
      <button type="button" ref={opener} popoverTarget={id} {...buttonProps}>
        {button}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click comes from the buttons inside */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same */}
      <div
        className="menu"
        id={id}
        popover="auto"
        onBeforeToggle={(event) => {
          onToggle?.(event.newState === 'open');
          if (event.newState !== 'open') return;
          place(event.currentTarget);
          onOpen?.();
        }}
        onClick={(event) => {
          if ((event.target as Element).closest('button')) event.currentTarget.hidePopover();
        }}
      >
        {children}
      </div>
    </>
  );
}
