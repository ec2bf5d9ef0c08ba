import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { handshake, openWebSocket, rawClient, switching } from './testing/clients.ts';
import { startFreezingReplica } from './testing/freezing-replica.ts';
import { closeAfterTest, type RunningBalancer, startBalancer, until, untilState } from './testing/running-balancer.ts';
import { leaveStaleSocket, startRawReplica, startReplica } from './testing/upstreams.ts';

const three = ['chat-1', 'chat-2', 'chat-3'];

describe('assignment of connections', () => {
  test('[G8.1] of 300 connections opened at once each of three replicas gets 100', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    await Promise.all(Array.from({ length: 300 }, () => openWebSocket(balancer.port)));
    expect(replicas.map(({ upgrades }) => upgrades.length)).toEqual([100, 100, 100]);
  });

  test('[G8.1] with one of three down the others get exactly alternate turns', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    await replicas[1]?.stop();
    await untilState(balancer, 'chat-2', 'down', 'draining');
    expect(await served(balancer, 8)).toEqual(Array.from({ length: 4 }, () => ['chat-1', 'chat-3']).flat());
    const before = replicas.map(({ upgrades }) => upgrades.length);
    await Promise.all(Array.from({ length: 100 }, () => openWebSocket(balancer.port)));
    expect(replicas.map(({ upgrades }, index) => upgrades.length - (before[index] ?? 0))).toEqual([50, 0, 50]);
  });

  test('[G8.4] a stale socket file, as a killed replica leaves it, costs its clients nothing but the next turn', async () => {
    // Checks so rare that only the failed connects can tell.
    const balancer = await startBalancer({ checkIntervalMs: 60_000 });
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id, undefined, 'up', 'close')));
    await replicas[1]?.kill();
    expect(await served(balancer, 6)).toEqual(['chat-1', 'chat-3', 'chat-1', 'chat-3', 'chat-1', 'chat-3']);
    await untilState(balancer, 'chat-2', 'down');
    expect(balancer.log.join('')).toContain('connect-failed: ECONNREFUSED');
  });

  test('[G8.12] a replica whose process ends is down at once, though its next check is a minute away', async () => {
    const balancer = await startBalancer({ checkIntervalMs: 60_000 });
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    await replicas[1]?.kill();
    await untilState(balancer, 'chat-2', 'down');
    expect(await served(balancer, 4)).toEqual(['chat-1', 'chat-3', 'chat-1', 'chat-3']);
    expect(balancer.replicas.find('chat-2')?.counters.connectsFailed).toBe(0);
  });

  test('[G8.3] the order of turns survives a replica that goes and comes back', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    expect(await served(balancer, 1)).toEqual(['chat-1']);
    await replicas[2]?.stop();
    await untilState(balancer, 'chat-3', 'down', 'draining');
    expect(await served(balancer, 1)).toEqual(['chat-2']);
    await startReplica(balancer, 'chat-3');
    expect(await served(balancer, 4)).toEqual(['chat-3', 'chat-1', 'chat-2', 'chat-3']);
  });

  test('[G7.2] a killed replica that starts again takes its turns again at its first good check', async () => {
    const balancer = await startBalancer();
    const replicas = await Promise.all(three.map((id) => startReplica(balancer, id)));
    await replicas[0]?.kill();
    await untilState(balancer, 'chat-1', 'down');
    await startReplica(balancer, 'chat-1');
    expect(new Set(await served(balancer, 3))).toEqual(new Set(three));
  });

  test('[G8.5] a slow replica keeps its turns: they wait in its own queue and others go on', async () => {
    const balancer = await startBalancer();
    const answers: (() => void)[] = [];
    const slow = await startRawReplica(balancer, 'chat-1', (socket) => answers.push(() => socket.write(switching)));
    const quick = await startReplica(balancer, 'chat-2');
    const clients = Array.from({ length: 200 }, () => rawClient(balancer.port, handshake()));
    await until(() => quick.upgrades.length === 100);
    // Its share is 100, of which it has as many under way as it may.
    await until(() => slow.heads.length === 64);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([slow.heads.length, quick.upgrades.length]).toEqual([64, 100]);
    while (slow.heads.length < 100 || answers.length > 0) {
      answers.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await until(() => clients.every((client) => client.received().includes('101 Switching')));
    expect([slow.heads.length, quick.upgrades.length]).toEqual([100, 100]);
  });

  test('[G8.4] who waits in the queue of a replica that goes down goes on to another', async () => {
    const balancer = await startBalancer({ handshakeTimeoutMs: 60_000 });
    const stuck = await startRawReplica(balancer, 'chat-1', () => undefined);
    const clients = Array.from({ length: 65 }, () => rawClient(balancer.port, handshake()));
    await until(() => stuck.heads.length === 64);
    await startReplica(balancer, 'chat-2');
    await rm(join(balancer.replicasDirectory, 'chat-1.sock'));
    await until(() => clients.some((client) => client.received().includes('101 Switching')));
  });

  test('[G9.1] a replica that takes its socket away gets no more connections and keeps those it has', async () => {
    const balancer = await startBalancer();
    await Promise.all(three.map((id) => startReplica(balancer, id)));
    const first = await openWebSocket(balancer.port);
    await rm(join(balancer.replicasDirectory, 'chat-1.sock'));
    await untilState(balancer, 'chat-1', 'draining');
    expect(await served(balancer, 4)).toEqual(['chat-2', 'chat-3', 'chat-2', 'chat-3']);
    first.socket.send('still there?');
    expect(String((await once(first.socket, 'message'))[0])).toBe('still there?');
  });

  test('[G10] while no replica is usable handshakes wait, and are then served in order', async () => {
    const balancer = await startBalancer();
    await leaveStaleSocket(balancer, 'chat-9');
    const waiting = Array.from({ length: 20 }, () => openWebSocket(balancer.port));
    await until(() => balancer.replicas.waitingRoom.size === 20);
    await startReplica(balancer, 'chat-1');
    expect(new Set((await Promise.all(waiting)).map(({ replica }) => replica))).toEqual(new Set(['chat-1']));
  });

  test('[G10] who waits too long gets 503 with Retry-After, and who leaves is forgotten', async () => {
    const balancer = await startBalancer({ waitForReplicaMs: 300 });
    const leaver = rawClient(balancer.port, handshake());
    const patient = rawClient(balancer.port, handshake());
    await until(() => balancer.replicas.waitingRoom.size === 2);
    leaver.socket.destroy();
    await until(() => balancer.replicas.waitingRoom.size === 1);
    expect(await patient.ended).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 2\r\n[\s\S]*"no-replica"/);
    expect(balancer.replicas.waitingRoom.size).toBe(0);
  });

  test('[G8.4] a replica that freezes is out after three checks, and back after two', async () => {
    const balancer = await startBalancer({ checkTimeoutMs: 100, checkIntervalMs: 50 });
    const freezing = await startFreezingReplica(balancer, 'chat-1');
    await startReplica(balancer, 'chat-2');
    await freezing.freeze(1_500);
    await untilState(balancer, 'chat-1', 'down');
    expect(await served(balancer, 3)).toEqual(['chat-2', 'chat-2', 'chat-2']);
    await untilState(balancer, 'chat-1', 'up');
  });

  test('[G8.5] a replica whose queue of connects is full is busy, not gone: it keeps its turns', async () => {
    const balancer = await startBalancer({ checkIntervalMs: 60_000 });
    const freezing = await startFreezingReplica(balancer, 'chat-1');
    await freezing.freeze(400);
    const answers = Array.from({ length: 20 }, () => rawClient(balancer.port, handshake()));
    await until(() => answers.every((client) => client.received().includes('101 Switching')));
    expect(balancer.replicas.list()[0]?.counters.connectsFailed).toBe(0);
  });

  test('a replica that is not ready yet gets nothing', async () => {
    const balancer = await startBalancer({ waitForReplicaMs: 200 });
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 503 Migrating\r\nContent-Length: 0\r\n\r\n');
    });
    closeAfterTest(() => void server.close());
    server.listen(join(balancer.replicasDirectory, 'chat-1.sock'));
    await untilState(balancer, 'chat-1', 'starting');
    expect((await openWebSocket(balancer.port)).replica).toBe('refused 503');
    expect(balancer.replicas.list()[0]?.health.state).toBe('starting');
  });
});

/** Who served so many connections opened one after another. */
async function served(balancer: RunningBalancer, count: number): Promise<string[]> {
  const replicas: string[] = [];
  for (let index = 0; index < count; index += 1) replicas.push((await openWebSocket(balancer.port)).replica);
  return replicas;
}
