import type { StatusList } from '../../../shared/protocol.ts';
import type * as DraftsHere from '../messages/drafts.ts';
import { keepStatuses } from '../people/keep-statuses.ts';
import { watchIdle } from '../presence/watch-idle.ts';
import { followDrafts } from './follow-drafts.ts';
import type { Session } from './session.ts';

/** Whoever signs out waits for no more than this. */
const patienceMs = 2_000;

/** What goes along with a session and isn't needed for its first look: statuses, away, drafts. Returns what stops it. */
export function accompany(session: Session, owner: string, here: typeof DraftsHere): () => void {
  const { ask, follower, queryClient } = session;
  const online = () => follower.state.get().kind === 'online';

  const statuses = keepStatuses(session.statuses);
  const readStatuses = () => void session.readStatuses().catch(() => undefined);
  const stopObserving = queryClient.getQueryCache().subscribe(({ query, type }) => {
    if (type === 'updated' && query.queryKey[0] === 'statuses')
      statuses.take(query.state.data as StatusList | undefined);
  });
  readStatuses();

  const tellAway = (away: boolean) => void ask.members.setAway.mutate({ away }).catch(() => undefined);
  const idle = watchIdle((away) => online() && tellAway(away));

  const drafts = followDrafts({
    here,
    owner,
    isOnline: online,
    list: () => ask.drafts.list.query(),
    one: (place) => ask.drafts.one.query(place),
    set: (draft) => ask.drafts.set.mutate(draft),
  });
  session.flushDrafts = () => Promise.race([drafts.flush(), new Promise<void>((give) => setTimeout(give, patienceMs))]);
  const stopListening = session.listen((event) => {
    if (event !== 'resync') return drafts.onEvent(event);
    void drafts.reconcile();
    readStatuses();
  });
  void drafts.reconcile();
  const onHidden = () => document.visibilityState === 'hidden' && void drafts.flush();
  document.addEventListener('visibilitychange', onHidden);

  let was = online();
  const stopFollowing = follower.state.subscribe(() => {
    const is = online();
    // A new connection takes its page for one that is in use.
    if (is && !was && idle.isAway()) tellAway(true);
    if (is && !was) void session.flushDrafts();
    was = is;
  });

  return () => {
    stopObserving();
    statuses.stop();
    idle.stop();
    stopFollowing();
    document.removeEventListener('visibilitychange', onHidden);
    stopListening();
    drafts.stop();
  };
}
