import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { reconnectDelayMs } from '../../client/src/wire/socket.ts';
import { type ChatClient, createChatClientOver } from '../../server/chat/testing/chat-client.ts';
import { mintClientId } from '../../shared/client-id.ts';
import { startBalancer, startReplica } from '../cluster/processes.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { median, percentile } from '../figures.ts';

const people = 300;
const messagesPerSecond = 100;
const secondsBefore = 3;
const secondsAfter = 6;
const runs = 3;

type Figures = { awayP50Ms: number; awayP99Ms: number; lost: number; doubled: number; reordered: number };

/**
 * Stock clients with the page's own retry delays, one replica killed with SIGKILL while messages flow: for each of its
 * clients the time from the kill to the first event through another replica.
 */
export async function* benchFailover(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  const results: Figures[] = [];
  for (let run = 0; run < runs; run += 1) results.push(await measure());
  const of = (figure: keyof Figures) => results.map((result) => result[figure]);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  yield {
    bench: 'failover',
    case: 'ronda',
    awayP50Ms: median(of('awayP50Ms')),
    awayP99Ms: median(of('awayP99Ms')),
    lost: sum(of('lost')),
    doubled: sum(of('doubled')),
    reordered: sum(of('reordered')),
  };
}

async function measure(): Promise<Figures> {
  const workspace = await createBenchWorkspace(people, 1);
  const [victim, ...others] = await Promise.all(
    ['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(workspace, id)),
  );
  const balancer = await startBalancer(workspace);
  await delay(3_000);
  const open = () => connect(balancer.port, '127.0.0.1');
  const clients = workspace.cookies.map((cookie) => createChatClientOver(open, cookie, reconnectDelayMs));
  await Promise.all(clients.map((client) => client.follow()));

  const [author = 0] = workspace.members;
  const [channel = 0] = workspace.channels;
  const sent: number[] = [];
  const write = setInterval(() => {
    const post = { author, channel, clientId: mintClientId(), text: 'x' };
    void workspace.store.write({ kind: 'post-message', ...post }).then(({ seq }) => sent.push(seq));
  }, 1_000 / messagesPerSecond);
  await delay(secondsBefore * 1_000);
  const affected = clients.filter(({ frames }) => helloOf(frames)?.replica === 'chat-1');
  const framesBefore = new Map(affected.map((client) => [client, client.frames.length]));
  const killedAt = performance.now();
  victim?.child.kill('SIGKILL');
  const away = await Promise.all(affected.map((client) => backAfter(client, framesBefore.get(client) ?? 0, killedAt)));
  await delay(secondsAfter * 1_000);
  clearInterval(write);
  await delay(1_000);

  const order = sent.toSorted((a, b) => a - b);
  const faults = clients.map((client) => compare(order, client));
  const total = (kind: 'lost' | 'doubled' | 'reordered') => faults.reduce((count, fault) => count + fault[kind], 0);
  await Promise.all(clients.map((client) => client.close()));
  await balancer.stop();
  await Promise.all(others.map((replica) => replica.stop()));
  await workspace.remove();
  return {
    awayP50Ms: percentile(away, 0.5),
    awayP99Ms: percentile(away, 0.99),
    lost: total('lost'),
    doubled: total('doubled'),
    reordered: total('reordered'),
  };
}

const helloOf = (frames: ChatClient['frames']) =>
  frames.map(({ data }) => data).findLast((data) => data.kind === 'hello');

/** Resolves with the time from the kill to the first event after the next hello. */
async function backAfter({ frames }: ChatClient, from: number, killedAt: number): Promise<number> {
  for (;;) {
    const hello = frames.findIndex(({ data }, index) => index >= from && data.kind === 'hello');
    if (hello >= 0 && frames.length > hello + 1) return performance.now() - killedAt;
    await delay(2);
  }
}

function compare(order: number[], client: ChatClient): { lost: number; doubled: number; reordered: number } {
  const got = client.events().flatMap((event) => (event.kind === 'message-posted' ? [event.seq] : []));
  const distinct = new Set(got);
  return {
    lost: order.filter((seq) => !distinct.has(seq)).length,
    doubled: got.length - distinct.size,
    reordered: got.filter((seq, index) => index > 0 && seq < (got[index - 1] ?? 0)).length,
  };
}
