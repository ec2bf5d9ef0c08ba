import { queryOptions } from '@tanstack/react-query';
import { applyToDirectory } from '../channels/directory.ts';
import type { SearchPeople } from '../members/use-people.ts';
import { applyToWorkspace, workspaceDataOf } from '../workspace/workspace-data.ts';
import type { Session } from './session.ts';

const peoplePageSize = 30;

export function workspaceQuery({ ask, reader }: Session) {
  return queryOptions({
    queryKey: ['workspace'] as const,
    queryFn: () =>
      reader.read(
        (signal) => ask.workspace.snapshot.query(undefined, { signal }).then(workspaceDataOf),
        applyToWorkspace,
      ),
  });
}

/** How many are in a channel that I'm not in isn't told by the stream: it is asked anew whenever somebody looks. */
export function directoryQuery({ ask, reader, me }: Session) {
  return queryOptions({
    queryKey: ['directory', me] as const,
    queryFn: () =>
      reader.read(
        (signal) => ask.channels.directory.query(undefined, { signal }),
        (directory, event) => applyToDirectory(me, directory, event),
      ),
  });
}

/** A page of people by name, for lists that never load everyone. */
export function searchPeople({ ask }: Session): SearchPeople {
  return (search, signal) => ask.members.search.query({ ...search, limit: peoplePageSize }, { signal });
}

/** Shared by the screens that list invites; the log doesn't tell of them. */
export function invitesQuery({ ask }: Session) {
  return queryOptions({
    queryKey: ['invites'] as const,
    queryFn: ({ signal }) => ask.invites.list.query(undefined, { signal }),
  });
}
