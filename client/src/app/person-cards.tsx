import { useCell } from '../cell.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { personRequest } from '../people/show-person.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';

const PersonCardPlace = laterDialog(async () => (await import('./person-card-place.tsx')).PersonCardPlace);

type PersonCardsProps = {
  workspace: WorkspaceData;
  openDialog(dialog: OpenDialog | undefined): void;
  goTo(channel: number): void;
};

/** The card of whoever's face or name was clicked. */
export function PersonCards(props: PersonCardsProps) {
  const request = useCell(personRequest);
  if (request === undefined) return null;
  return (
    <PersonCardPlace
      key={request.member}
      {...props}
      request={request}
      onClose={() => {
        if (personRequest.get() === request) personRequest.set(undefined);
      }}
    />
  );
}
