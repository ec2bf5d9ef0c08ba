import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mintClientId } from '../../shared/client-id.ts';
import { startReplica } from '../cluster/processes.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { percentile, round } from '../figures.ts';
import { openLightSocket } from '../sockets/light-socket.ts';
import { residentKilobytes } from '../sockets/process-usage.ts';

const readers = 100;
const stalled = 20;
const floodEvents = 400_000;
const floodInFlight = 256;
const pacedSeconds = 15;
const pacedPerSecond = 200;

type Figures = { kilobytesPerStalledClient: number; seenP99Ms: number; seenP99MsWithout: number };

/**
 * Clients that stop reading, while 400,000 events pass: what each costs its replica beside a run without them, and how
 * long the others' messages take under a steady load, with and without.
 */
export async function* benchStalled(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  const without = await measure(0);
  const withThem = await measure(stalled);
  yield {
    bench: 'stalled',
    case: 'ronda',
    kilobytesPerStalledClient: round((withThem.residentKilobytes - without.residentKilobytes) / stalled),
    seenP99Ms: withThem.seenP99Ms,
    seenP99MsWithout: without.seenP99Ms,
  };
}

async function measure(stalledCount: number): Promise<{ residentKilobytes: number; seenP99Ms: number }> {
  const workspace = await createBenchWorkspace(readers + stalled, 1);
  const replica = await startReplica(workspace, 'chat-1');
  const seenMs: number[] = [];
  let measuring = false;
  const onText = (payload: Buffer) => {
    if (!measuring) return;
    const sentAt = Number(/"text":"(\d+\.?\d*)"/.exec(payload.toString())?.[1]);
    if (sentAt > 0) seenMs.push(performance.now() - sentAt);
  };
  const sockets = [];
  for (const [index, cookie] of workspace.cookies.slice(0, readers + stalledCount).entries()) {
    const headers = { Cookie: cookie, Origin: 'http://localhost' };
    const to = { path: join(workspace.runDirectory, 'replicas', 'chat-1.sock') };
    const onClose = () => undefined;
    const socket = await openLightSocket({
      to,
      path: '/trpc',
      headers,
      onText: index < readers ? onText : onClose,
      onClose,
    });
    socket.send('{"id":1,"method":"subscription","params":{"path":"events"}}');
    sockets.push(socket);
  }
  await delay(2_000);
  for (const { raw } of sockets.slice(readers)) raw.pause();

  await flood(workspace);
  await delay(2_000);
  measuring = true;
  await paced(workspace);
  measuring = false;
  await delay(5_000);
  const figures = { residentKilobytes: residentKilobytes(replica.pid), seenP99Ms: percentile(seenMs, 0.99) };
  for (const { raw } of sockets) raw.destroy();
  await replica.stop();
  await workspace.remove();
  return figures;
}

const post = ({ store, members: [author = 0], channels: [channel = 0] }: BenchWorkspace, text: string) =>
  store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text });

async function flood(workspace: BenchWorkspace): Promise<void> {
  let written = 0;
  await Promise.all(
    Array.from({ length: floodInFlight }, async () => {
      while (written++ < floodEvents) await post(workspace, 'flood');
    }),
  );
}

async function paced(workspace: BenchWorkspace): Promise<void> {
  for (let sent = 0; sent < pacedSeconds * pacedPerSecond; sent += 1) {
    void post(workspace, String(performance.now()));
    await delay(1_000 / pacedPerSecond);
  }
}
