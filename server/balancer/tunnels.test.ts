import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { handshake, openWebSocket, rawClient, switching } from './testing/clients.ts';
import { nothingIsLeft, withReplica } from './testing/replica-behind-balancer.ts';
import { startBalancer, until } from './testing/running-balancer.ts';
import { startReplica } from './testing/upstreams.ts';

describe('a tunnel', () => {
  test('[G7] when the replica dies its clients know at once', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1');
    const clients = await Promise.all(Array.from({ length: 20 }, () => openWebSocket(balancer.port)));
    const closed = clients.map(({ socket }) => once(socket, 'close'));
    const killedAt = Date.now();
    await replica.kill();
    expect(new Set((await Promise.all(closed)).map(([code]) => code))).toEqual(new Set([1006]));
    expect(Date.now() - killedAt).toBeLessThan(1_000);
  });

  test('the close frame of a replica reaches its client with its code', async () => {
    const balancer = await startBalancer();
    const replica = await startReplica(balancer, 'chat-1');
    const { socket } = await openWebSocket(balancer.port);
    for (const each of replica.sockets) each.close(1012, 'restarting');
    expect((await once(socket, 'close'))[0]).toBe(1012);
  });

  test('[G5] a client that does not read stops its replica, and gets every byte once it reads', async () => {
    const total = 8_000_000;
    let written = 0;
    const { balancer, replica } = await withReplica((socket) => {
      socket.write(switching);
      const pour = (): void => {
        while (written < total && socket.write(Buffer.alloc(10_000, 'x'))) written += 10_000;
        if (written < total) written += 10_000;
      };
      socket.on('drain', pour);
      pour();
    });
    const client = rawClient(balancer.port, handshake());
    client.socket.pause();
    await until(() => written > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // What the kernel's and our own bounded buffers take; far from everything.
    expect(written).toBeLessThan(total * 0.9);
    const before = process.memoryUsage.rss();
    client.socket.resume();
    await until(() => client.received().length >= total + switching.length);
    expect(client.received().length).toBe(written + switching.length);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
    expect(replica.connections.size).toBe(1);
  });

  test('[G5] a replica that does not read stops its client', async () => {
    const { balancer } = await withReplica((socket) => {
      socket.pause();
      socket.write(switching);
    });
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received() === switching);
    for (let sent = 0; sent < 20; sent += 1) client.socket.write(Buffer.alloc(1_000_000));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(client.socket.writableLength).toBeGreaterThan(5_000_000);
  });

  test('[G9] when the balancer stops, the client is told 1012 behind the frame that is under way', async () => {
    const frame = Buffer.concat([Buffer.from([0x82, 126, 0, 200]), Buffer.alloc(200, 'x')]);
    const answers: string[] = [];
    let finish = (): void => undefined;
    const { balancer } = await withReplica((socket) => {
      socket.write(switching);
      socket.write(frame.subarray(0, 100));
      socket.on('data', (data) => {
        answers.push(data.toString('latin1'));
        socket.end('\x88\x02\x03\xf4', 'latin1');
      });
      finish = () => void socket.write(Buffer.concat([frame.subarray(100), frame]));
    });
    const client = rawClient(balancer.port, handshake());
    await until(() => client.received().length === switching.length + 100);
    const closed = balancer.close();
    finish();
    const wanted = `${switching + frame.toString('latin1')}\x88\x02\x03\xf4`;
    await until(() => client.received().length >= wanted.length);
    client.socket.write('\x88\x82\0\0\0\0\x03\xf4', 'latin1');
    expect(await client.ended).toBe(wanted);
    client.socket.end();
    await closed;
    expect(answers).toEqual(['\x88\x82\0\0\0\0\x03\xf4']);
  });

  test('[G10] one in which nothing moves is closed, one that is used stays', async () => {
    const { balancer, replica } = await withReplica(
      (socket) => {
        socket.write(switching);
        socket.on('data', (data) => socket.write(data));
      },
      { tunnelIdleMs: 150 },
    );
    const idle = rawClient(balancer.port, handshake());
    const used = rawClient(balancer.port, handshake());
    await until(() => used.received() === switching);
    const use = setInterval(() => used.socket.write('.'), 20);
    await idle.ended;
    await new Promise((resolve) => setTimeout(resolve, 200));
    clearInterval(use);
    await until(() => replica.connected() === 1);
    expect(used.socket.readableEnded).toBe(false);
  });

  test('[G10] 1,000 connections opened and dropped in every way leave nothing behind', async () => {
    const { balancer, replica } = await withReplica((socket) => void socket.write(switching));
    for (let round = 0; round < 20; round += 1) {
      const clients = Array.from({ length: 50 }, (_, index) =>
        rawClient(balancer.port, handshake().slice(0, index % 7 === 0 ? 40 : undefined)),
      );
      await new Promise((resolve) => setTimeout(resolve, round));
      for (const [index, { socket }] of clients.entries()) {
        if (index % 3 === 0) socket.destroy();
        else if (index % 3 === 1) socket.resetAndDestroy();
        else socket.end();
      }
    }
    await nothingIsLeft(balancer, replica);
  });
});
