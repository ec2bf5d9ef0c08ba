import { join } from 'node:path';
import type { TRPCError } from '@trpc/server';
import type { Person } from '../../shared/protocol.ts';
import type { Logger } from '../logger.ts';
import { createTicketSigner } from '../ticket.ts';
import { version } from '../version.ts';
import { createAvatarMaker } from './avatars/make-avatar.ts';
import { createFiguresBoard } from './cluster/figures-board.ts';
import { createFiguresMeter, type FiguresMeter } from './cluster/figures-meter.ts';
import { publishFigures } from './cluster/publish-figures.ts';
import type { ChatConfig } from './config.ts';
import { createHttpHandler } from './connections/http-handler.ts';
import { listen } from './connections/listener.ts';
import { createOpenSockets } from './connections/open-sockets.ts';
import { createUpgradeHandler } from './connections/upgrade.ts';
import { startDeletions } from './deletions.ts';
import { type Delivery, startDelivery } from './events/delivery.ts';
import { keepLogShort } from './events/log-retention.ts';
import { createPictureWorker } from './files/pictures/picture-worker.ts';
import { startFiles } from './files/start-files.ts';
import { keepSessionNotes } from './identity/session-notes.ts';
import { listenForLabFaults } from './lab/lab-faults.ts';
import { openOwnLab } from './lab/own-lab.ts';
import { placeMentions } from './messages/place-mentions.ts';
import { createReplicaMetrics, type ReplicaMetrics } from './metrics.ts';
import { noticeKey } from './notices/notice-key.ts';
import { createPushPolicy } from './notices/push-policy.ts';
import { createPushSender } from './notices/push-sender.ts';
import { sendNotices } from './notices/send-notices.ts';
import { createPageFetcher } from './previews/fetch-page.ts';
import { makePreviews, mayHaveLink } from './previews/make-previews.ts';
import { publicWeb } from './previews/network-policy.ts';
import { Refusal } from './refusal.ts';
import { keepSearchIndex } from './search/keep-search-index.ts';
import { openWhenThereIsRoom } from './store/sqlite/open-when-there-is-room.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { StoredEvent } from './store/store.ts';

export type Replica = {
  /** The one-time link while the workspace has no owner. */
  setUpLink(): Promise<string | undefined>;
  /** Hands its clients over to the other replicas, then stops. */
  drain(): Promise<void>;
  stop(): Promise<void>;
};

/** One chat replica: the store, the delivery that follows its log, and the socket on which the balancer finds it. */
export async function startReplica(config: ChatConfig, logger: Logger): Promise<Replica> {
  const { replica, publicOrigin, callsPerSecond } = config;
  const onError = (error: unknown) => logger.error('failed', { message: messageOf(error) });
  /** What a client did wrong is told to the client alone: parsers quote what they were given, be it a password. */
  const onCallError = (error: TRPCError, path: string | undefined) => {
    const ours = error.code === 'INTERNAL_SERVER_ERROR' || (error instanceof Refusal && error.cause !== undefined);
    if (!ours) return;
    logger.warn('call-failed', { path, message: error.message, cause: messageOf(error.cause) });
  };

  const databasePath = join(config.dataDirectory, 'ronda.sqlite');
  let delivery: Delivery | undefined;
  let metrics: ReplicaMetrics | undefined;
  let meter: FiguresMeter | undefined;
  const open = () =>
    openSqliteStore({
      path: databasePath,
      replica,
      onCommit(batch) {
        delivery?.committed(batch);
        metrics?.committed(batch);
        meter?.committed(batch);
      },
    });
  const store = await openWhenThereIsRoom(open, (code) => logger.warn('storage-unavailable', { code }));
  const sockets = createOpenSockets();
  const sessionNotes = keepSessionNotes({ store, sockets });
  const pictures = createPictureWorker();
  const { dataDirectory } = config;
  const makeAvatar = await createAvatarMaker({ pictures, folder: join(dataDirectory, 'arriving', replica) });
  const files = startFiles({ store, dataDirectory, replica, pictures, limits: config.files, onError });
  const previews = config.linkPreviews
    ? makePreviews({ store, replica, fetchPage: createPageFetcher(publicWeb), onError })
    : undefined;
  const pushPolicy = createPushPolicy({ toLoopback: config.pushToLoopback });
  const subject = publicOrigin?.startsWith('https:') ? publicOrigin : 'mailto:ronda@localhost';
  const send = createPushSender({ policy: pushPolicy, key: () => noticeKey(store), subject });
  const notices = sendNotices({ store, replica, send, delayMs: config.noticeDelayMs, onError });
  const search = keepSearchIndex({ store, replica, onError });
  const onEvent = (event: StoredEvent) => {
    const { kind, payload } = event;
    if (mayHaveLink(event)) previews?.wake();
    if (kind === 'message-posted') {
      notices.wake();
      search.wake();
    }
    files.seen(event);
    if (kind === 'member-changed') sockets.changeMember((JSON.parse(payload) as { member: Person }).member);
    if (kind === 'session-ended') sockets.endSession((JSON.parse(payload) as { session: number }).session);
  };
  const onGap = () => {
    logger.warn('events-missed');
    for (const socket of sockets) socket.terminate();
  };
  const { busDirectory } = config;
  const board = createFiguresBoard();
  const onSentOut = ({ payload }: StoredEvent) =>
    meter?.sentOut(Math.max(0, Date.now() - (JSON.parse(payload) as { at: number }).at));
  delivery = await startDelivery({
    ...{ store, replica, version, busDirectory, figures: board },
    ...{ onEvent, onGap, onSentOut, onError },
  });
  const onPruned = (events: number) => logger.info('log-pruned', { events });
  const retention = keepLogShort({ store, replica, days: config.logDays, onPruned, onError });
  const deletions = startDeletions({ store, replica, onError });
  const placing = placeMentions({ store, replica, onError });
  const { hub, ephemeralHub, presence, typing: onTyping } = delivery;
  const lab = config.lab ? listenForLabFaults(delivery.isolate) : undefined;
  const labDoor = config.lab && process.send === undefined ? await openOwnLab(config, store, logger) : undefined;

  const sources = {
    connections: () => sockets.size,
    subscribers: () => hub.subscribers,
    head: () => hub.head,
    logHead: async () => (await store.range()).head,
    delivered: () => hub.delivered,
  };
  metrics = createReplicaMetrics({ databasePath, ...sources, searchLag: () => store.searchLag() });
  meter = createFiguresMeter({ version, ...sources });
  const publish = delivery.publishFigures;
  const figures = publishFigures({ replica, meter, board, publish, onError });

  let draining = false;
  const onRequest = createHttpHandler({
    store,
    presence,
    files,
    figures: board.report,
    pushPolicy,
    publicOrigin,
    demo: config.demo,
    usable: () => !draining,
    onError: onCallError,
    makeAvatar,
    metrics,
    signTicket: createTicketSigner(config.ticketsDirectory, replica),
    lab: config.lab,
  });
  const onUpgrade = createUpgradeHandler({
    ...{ store, hub, ephemeralHub, presence, pushPolicy, onTyping, callsPerSecond },
    ...{ sockets, sessionNotes, publicOrigin, figures: board.report, files: files.context, lab, onError: onCallError },
  });
  const listener = await listen({
    path: config.socketPath,
    sockets,
    onRequest: lab ? (request, response) => lab.late({ lastDueAt: 0 }, () => onRequest(request, response)) : onRequest,
    onUpgrade: lab
      ? (...given) => new Promise((resolve) => lab.late({ lastDueAt: 0 }, () => resolve(onUpgrade(...given))))
      : onUpgrade,
    onError,
  });

  async function stop(): Promise<void> {
    draining = true;
    await listener.stop();
    const filesStopped = files.stop();
    pictures.stop();
    figures.stop();
    await retention.stop();
    await deletions.stop();
    await placing.stop();
    await filesStopped;
    labDoor?.close();
    await previews?.stop();
    await notices.stop();
    await search.stop();
    await delivery?.stop();
    await sessionNotes.stop();
    await store.close();
  }

  return {
    async setUpLink() {
      const token = await store.setUpToken();
      return token === undefined ? undefined : `${config.address}/setup#${token}`;
    },
    async drain() {
      draining = true;
      await listener.drain();
      await stop();
    },
    stop,
  };
}

function messageOf(error: unknown): string | null {
  if (error === undefined) return null;
  return error instanceof Error ? error.message : String(error);
}
