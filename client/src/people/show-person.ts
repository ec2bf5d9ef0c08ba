import { useEffect } from 'react';
import { type Cell, createCell } from '../cell.ts';

/** Whose card is wanted, and beside what. `mentionIn` is where a mention of them would go. */
type PersonRequest = { member: number; anchor: DOMRect; mentionIn: HTMLTextAreaElement | undefined };

export const personRequest: Cell<PersonRequest | undefined> = createCell<PersonRequest | undefined>(undefined);

export function showPerson(member: number, anchor: Element): void {
  const writing = (anchor.closest('.thread-pane') ?? document.querySelector('main'))?.querySelector('textarea');
  const mentionIn = anchor.closest('dialog') ? undefined : (writing ?? undefined);
  personRequest.set({ member, anchor: anchor.getBoundingClientRect(), mentionIn });
}

/** Faces and names that carry a `data-person` lead to the card, unless they are part of what leads elsewhere. */
export function usePersonClicks(): void {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      const found = target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null;
      if (found === null || found.parentElement?.closest('a, button, label, [role="option"]')) return;
      showPerson(Number(found.dataset.person), found);
    };
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('click', onClick);
      personRequest.set(undefined);
    };
  }, []);
}
