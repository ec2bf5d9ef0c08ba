import { queryOptions } from '@tanstack/react-query';
import { applyToDirectory } from '../channels/directory.ts';
import {
  applyToConversation,
  type Conversation,
  changedBy,
  conversationOf,
  withOlder,
  withSnapshot,
} from '../messages/conversation.ts';
import { applyToWorkspace, workspaceDataOf } from '../workspace/workspace-data.ts';
import type { Session } from './session.ts';

const pageSize = 50;

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

export function conversationQuery({ ask, reader, queryClient }: Session, channel: number) {
  const queryKey = ['conversation', channel] as const;
  return queryOptions({
    queryKey,
    queryFn: async () => {
      const fresh = await reader.read(
        (signal) => ask.messages.page.query({ channel, limit: pageSize }, { signal }).then(conversationOf),
        (conversation, event) => applyToConversation(channel, conversation, event),
      );
      return withSnapshot(queryClient.getQueryData<Conversation>(queryKey), fresh);
    },
  });
}

export async function loadOlder(session: Session, channel: number): Promise<void> {
  const { ask, reader, queryClient } = session;
  const { queryKey } = conversationQuery(session, channel);
  const before = queryClient.getQueryData<Conversation>(queryKey)?.messages[0]?.id;
  if (before === undefined) return;
  const page = await reader.read(
    (signal) => ask.messages.page.query({ channel, before, limit: pageSize }, { signal }).then(conversationOf),
    changedBy,
  );
  queryClient.setQueryData<Conversation>(queryKey, (now) => now && withOlder(now, page));
}

/** Shared by the screens that list invites; the log doesn't tell of them. */
export function invitesQuery({ ask }: Session) {
  return queryOptions({
    queryKey: ['invites'] as const,
    queryFn: ({ signal }) => ask.invites.list.query(undefined, { signal }),
  });
}
