import { queryOptions } from '@tanstack/react-query';
import { readyForFiles } from '../files/later-files.ts';
import { withOlder } from '../messages/conversation.ts';
import { applyToThread, type Thread, threadOf } from '../messages/thread.ts';
import { applyToThreadList } from '../messages/thread-list.ts';
import type { Session } from './session.ts';

const pageSize = 30;

export function threadListQuery({ ask, reader, me }: Session) {
  return queryOptions({
    queryKey: ['threads', me] as const,
    queryFn: () =>
      reader.read(
        (signal) => ask.threads.list.query(undefined, { signal }),
        (list, event) => applyToThreadList(me, list, event),
      ),
  });
}

export function threadQuery(session: Session, thread: number) {
  return queryOptions({
    queryKey: ['thread', session.me, thread] as const,
    queryFn: () => readThread(session, { thread, limit: pageSize }),
  });
}

export async function loadOlderReplies(session: Session, thread: number): Promise<void> {
  const { queryKey } = threadQuery(session, thread);
  const before = session.queryClient.getQueryData<Thread>(queryKey)?.messages[0]?.id;
  if (before === undefined) return;
  const page = await readThread(session, { thread, before, limit: pageSize });
  session.queryClient.setQueryData<Thread>(queryKey, (now) => now && withOlder(now, page));
}

function readThread({ ask, reader, me }: Session, page: { thread: number; before?: number; limit: number }) {
  return reader.read(
    async (signal) => {
      const thread = threadOf(await ask.threads.page.query(page, { signal }));
      await readyForFiles([thread.root, ...thread.messages]);
      return thread;
    },
    (thread, event) => applyToThread(me, thread, event),
  );
}
