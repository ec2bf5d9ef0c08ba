import { join } from 'node:path';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import { createTicketSigner } from '../../ticket.ts';
import { answerTo, openWebSocket } from '../testing/clients.ts';
import { closeAfterTest, type RunningBalancer, startBalancer, until, untilState } from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';
import type { ClusterRouter } from './cluster-router.ts';
import type { ClusterEvent } from './watch-cluster.ts';

const three = ['chat-1', 'chat-2', 'chat-3'];

/** A stock client of the page, with a ticket as a replica signs it. */
async function openCluster(balancer: RunningBalancer, ticket?: string) {
  const sign = createTicketSigner(join(balancer.directory, 'tickets'), 'chat-1');
  const given = ticket ?? (await sign({ for: 'cluster', holder: 'member 1' })).ticket;
  const url = `${balancer.url}/cluster/trpc`;
  return createTRPCClient<ClusterRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, connectionParams: { ticket: given } }),
        false: httpLink({ url, headers: { authorization: `Bearer ${given}` } }),
      }),
    ],
  });
}

describe('the cluster router', () => {
  test('[G8.10] tells the state of every replica', async () => {
    const balancer = await startBalancer();
    await Promise.all(three.map((id) => startReplica(balancer, id)));
    await openWebSocket(balancer.port);
    const { replicas, served, waiting, balancer: own } = await (await openCluster(balancer)).state.query();
    expect(replicas.map(({ id, state, tunnels, share }) => ({ id, state, tunnels, share }))).toEqual([
      { id: 'chat-1', state: 'up', tunnels: 1, share: 1 },
      { id: 'chat-2', state: 'up', tunnels: 0, share: 1 },
      { id: 'chat-3', state: 'up', tunnels: 0, share: 1 },
    ]);
    expect([served.connections, waiting, own.tunnels]).toEqual(['chat-1', 0, 1]);
    expect(own.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(own.startedAt).toBeLessThanOrEqual(Date.now());
    expect(replicas.every(({ usableSince, since }) => Number(usableSince) > 0 && Number(usableSince) <= since)).toBe(
      true,
    );
  });

  test('[G8.10] tells each turn and each change as it happens, in order', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    const events: ClusterEvent[] = [];
    const cluster = await openCluster(balancer);
    const watch = cluster.watch.subscribe(undefined, { onData: (event) => events.push(event) });
    closeAfterTest(() => watch.unsubscribe());
    await until(() => events.length > 0);
    expect(events[0]?.kind).toBe('state');
    for (let index = 0; index < 6; index += 1) await openWebSocket(balancer.port);
    const turns = () => events.flatMap((event) => (event.kind === 'assigned' ? [event.replica] : []));
    await until(() => turns().length === 6);
    expect(turns()).toEqual([...three, ...three]);
    await replicas[0]?.stop();
    await until(() => events.some((event) => event.kind === 'state' && 'replica' in event));
    expect(events.find((event) => event.kind === 'state' && 'replica' in event)).toMatchObject({
      replica: 'chat-1',
      from: 'up',
    });
  });

  test('[G9.4] [G9.7] pauses, resumes, drains, undrains and weighs, each order as often as one likes', async () => {
    const balancer = await startBalancer({ drainSpreadMs: 50 });
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    await Promise.all(Array.from({ length: 9 }, () => openWebSocket(balancer.port)));
    const cluster = await openCluster(balancer);
    const stateAfter = async (order: 'pause' | 'resume' | 'drain' | 'undrain') => {
      const { replicas: list } = await cluster[order].mutate({ replica: 'chat-2' });
      return list.find(({ id }) => id === 'chat-2')?.state;
    };
    expect([await stateAfter('pause'), await stateAfter('pause')]).toEqual(['paused', 'paused']);
    // To undrain what is paused changes nothing.
    expect([await stateAfter('undrain'), await stateAfter('resume')]).toEqual(['paused', 'up']);
    expect(replicas[1]?.sockets.size).toBe(3);
    expect([await stateAfter('drain'), await stateAfter('drain')]).toEqual(['draining', 'draining']);
    await until(() => replicas[1]?.sockets.size === 0);
    expect(await stateAfter('undrain')).toBe('up');
    await cluster.weigh.mutate({ replica: 'chat-2', weight: 4 });
    const before = replicas[1]?.upgrades.length ?? 0;
    await Promise.all(Array.from({ length: 12 }, () => openWebSocket(balancer.port)));
    expect((replicas[1]?.upgrades.length ?? 0) - before).toBe(8);
    expect(balancer.log.join('')).toContain('drain ordered by member 1');
  });

  test('[G10.14] without a valid ticket nothing is told and nothing done', async () => {
    const balancer = await startBalancer();
    await startReplica(balancer, 'chat-1');
    for (const ticket of ['', 'nonsense', 'a.b']) {
      const cluster = await openCluster(balancer, ticket);
      const code = { data: { code: 'UNAUTHORIZED' } };
      await expect(cluster.state.query()).rejects.toMatchObject(code);
      await expect(cluster.drain.mutate({ replica: 'chat-1' })).rejects.toMatchObject(code);
      const refused = await new Promise((resolve) => {
        const watch = cluster.watch.subscribe(undefined, { onError: resolve, onData: resolve });
        closeAfterTest(() => watch.unsubscribe());
      });
      expect(refused).toMatchObject(code);
    }
    await untilState(balancer, 'chat-1', 'up');
  });

  test('[G10.5] a page of another origin is refused whatever ticket it has', async () => {
    const balancer = await startBalancer();
    const request = (origin: string) =>
      answerTo(
        balancer.port,
        `GET /cluster/trpc/state HTTP/1.1\r\nHost: 127.0.0.1:${balancer.port}\r\nOrigin: ${origin}\r\nConnection: close\r\n\r\n`,
      );
    expect(await request('https://evil.example')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await request(`http://127.0.0.1:${balancer.port}`)).toMatch(/^HTTP\/1\.1 401 /);
  });

  test('[G10.3] unknown replicas, procedures and weights get a clear error', async () => {
    const balancer = await startBalancer();
    await startReplica(balancer, 'chat-1');
    const cluster = await openCluster(balancer);
    await expect(cluster.pause.mutate({ replica: 'chat-9' })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
    await expect(cluster.weigh.mutate({ replica: 'chat-1', weight: 0 })).rejects.toMatchObject({
      data: { code: 'BAD_REQUEST' },
    });
    expect((await fetch(`${balancer.url}/cluster/trpc/explode`)).status).toBe(404);
  });

  test('a watcher does not hold up the end of the balancer', async () => {
    const balancer = await startBalancer({ stopMs: 60_000 });
    const cluster = await openCluster(balancer);
    let seen = 0;
    const watch = cluster.watch.subscribe(undefined, { onData: () => (seen += 1) });
    closeAfterTest(() => watch.unsubscribe());
    await until(() => seen > 0);
    await balancer.close();
  });
});
