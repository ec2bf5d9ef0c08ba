import { type ReactNode, useEffect, useRef } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { IconButton } from '../design/button.tsx';
import { Mark } from '../design/mark.tsx';
import { useBackClosesOnPhone } from '../design/use-back-closes.ts';
import { usePhrases } from '../language/use-phrases.ts';
import './sidebar.css';

type SidebarProps = {
  name: string;
  me: Person;
  /** On a narrow screen it is a drawer; on a wide one always there. */
  open: boolean;
  onClose(): void;
  channels: ReactNode;
  /** Comes and goes, below the channels, where it moves none of them. */
  waiting: ReactNode;
  /** Beside my name. */
  status: ReactNode;
  connection: ReactNode;
  footer: ReactNode;
};

export function Sidebar({ name, me, open, onClose, channels, waiting, status, connection, footer }: SidebarProps) {
  const phrases = usePhrases();
  const closer = useRef<HTMLSpanElement>(null);
  useBackClosesOnPhone(onClose, open);
  useEffect(() => {
    if (!open) return;
    const opener = document.activeElement;
    closer.current?.querySelector('button')?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [open]);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc and the button close the drawer too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
      <div className="sidebar-scrim" data-open={open} onClick={onClose} />
      <nav
        className="sidebar"
        data-open={open}
        aria-label={phrases.workspace.sidebar}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          event.preventDefault();
          onClose();
        }}
      >
        <header>
          <Mark />
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <span className="sidebar-close" ref={closer}>
            <IconButton icon="close" label={phrases.workspace.closeSidebar} onClick={onClose} />
          </span>
        </header>
        <div className="sidebar-channels">{channels}</div>
        <div className="sidebar-waiting channel-list">{waiting}</div>
        <footer data-menu-anchor>
          <Avatar id={me.id} name={me.name} picture={me.avatar} />
          <div className="sidebar-me">
            <span className="sidebar-name">
              <button type="button" className="name-button" data-person={me.id}>
                <bdi>{me.name}</bdi>
              </button>
              {status}
            </span>
            {connection}
          </div>
          {footer}
        </footer>
      </nav>
    </>
  );
}
