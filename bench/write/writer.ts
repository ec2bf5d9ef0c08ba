import type { Bus } from '../../server/chat/bus/bus.ts';
import { createUnixBus } from '../../server/chat/bus/unix-bus.ts';
import { openSqliteStore } from '../../server/chat/store/sqlite/sqlite-store.ts';
import { mintClientId } from '../../shared/client-id.ts';

/** One of the processes that write at once: told when to start, reports what it reached. */
export type WriterOrder = {
  path: string;
  busDirectory: string;
  replica: string;
  author: number;
  channels: number[];
  seconds: number;
  load: { kind: 'saturated'; inFlight: number } | { kind: 'steady'; perSecond: number };
};

export type WriterReport = { acknowledged: number; latenciesMs: number[] };

const text = 'Buenos días a todas: ¿quién trae hoy el informe de la reunión? I have read the first half of it.';

process.once('message', (order: WriterOrder) => void run(order));

async function run({ path, busDirectory, replica, author, channels, seconds, load }: WriterOrder): Promise<void> {
  let bus: Bus | undefined;
  const onCommit = ({ size }: { size: number }) => bus?.publish({ kind: 'committed', size });
  const store = await openSqliteStore({ path, replica, onCommit });
  bus = await createUnixBus({
    directory: busDirectory,
    id: replica,
    greeting: () => [],
    onPeerLost: () => undefined,
    onMessage: (message, from) => message.kind === 'committed' && store.othersCommitted(from, message.size),
  });
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const latenciesMs: number[] = [];
  const endAt = performance.now() + seconds * 1_000;
  let turn = 0;

  async function post(): Promise<void> {
    const before = performance.now();
    turn += 1;
    await store.write({
      kind: 'post-message',
      author,
      channel: channels[turn % channels.length] ?? 0,
      clientId: mintClientId(),
      text,
    });
    latenciesMs.push(performance.now() - before);
  }

  if (load.kind === 'saturated')
    await Promise.all(
      Array.from({ length: load.inFlight }, async () => {
        while (performance.now() < endAt) await post();
      }),
    );
  else await steady(load.perSecond, endAt, post);
  const report: WriterReport = { acknowledged: latenciesMs.length, latenciesMs };
  await new Promise((resolve) => process.send?.(report, resolve)); // a channel that is closed drops what is on its way
  await bus?.close();
  await store.close();
  process.disconnect?.();
}

/** Open loop: each post leaves when it is due, however long the ones before it take. */
async function steady(perSecond: number, endAt: number, post: () => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; performance.now() < endAt; ) {
    const due = Math.floor(((performance.now() - startedAt) * perSecond) / 1_000);
    for (; sent < due; sent += 1) running.push(post());
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
  }
  await Promise.all(running);
}
