import { type HTMLAttributes, type ReactNode, useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { later } from '../design/later.tsx';
import { useIsEditing, useMessageActions } from './message-actions.ts';
import { MessageToolbar } from './message-toolbar.tsx';
import { useLongPress } from './use-long-press.ts';

const MessageMenu = later(async () => (await import('./message-menu.tsx')).MessageMenu);

type MessageControls = { rowProps: HTMLAttributes<HTMLDivElement>; controls: ReactNode };

/**
 * The ways to what can be done with a message: a toolbar while the mouse or the focus is on it, a long press, Enter or
 * the menu key on the row. Only the row concerned has any of it in the page.
 */
export function useMessageControls(message: Message | undefined): MessageControls {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const [anchor, setAnchor] = useState<DOMRect>();
  const { say } = useMessageActions();
  const openAt = (element: Element) => setAnchor(element.getBoundingClientRect());
  const longPress = useLongPress((row, target) => {
    const reaction = target.closest('.reaction')?.getAttribute('aria-label');
    if (reaction) say(reaction);
    else openAt(row);
  });
  const editing = useIsEditing(message);
  // Also while it is on its way, and by `over`: to React a mouse enters nothing that takes the place of what was below it.
  const hover: HTMLAttributes<HTMLDivElement> = {
    onPointerOver: ({ pointerType }) => setHovered(pointerType === 'mouse'),
    onPointerLeave(event) {
      setHovered(false);
      longPress.onPointerLeave(event);
    },
  };
  if (message === undefined || message.deletedBy !== undefined || editing) return { rowProps: hover, controls: null };
  return {
    rowProps: {
      tabIndex: -1,
      ...longPress,
      ...hover,
      onFocus: ({ target }) => setFocused(target.matches(':focus-visible')),
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      },
      onContextMenu(event) {
        // The mouse's own menu has what the browser offers; the keyboard's and the finger's would cover ours.
        if ((event.nativeEvent as PointerEvent).pointerType === 'mouse') return;
        const target = event.target as Element;
        if (target.closest('a, textarea')) return;
        event.preventDefault();
        if (!target.closest('.reaction, .menu')) openAt(event.currentTarget);
      },
      onKeyDown(event) {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        openAt(event.currentTarget);
      },
    },
    controls: (
      <>
        {(hovered || focused) && <MessageToolbar message={message} onMore={openAt} />}
        {anchor && <MessageMenu message={message} anchor={anchor} onClose={() => setAnchor(undefined)} />}
      </>
    ),
  };
}
