import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeBus } from './bus-contract.ts';
import { createUnixBus } from './unix-bus.ts';

async function createDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-bus-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describeBus('Unix sockets', async () => {
  const directory = await createDirectory();
  return async (id, events) => {
    const bus = await createUnixBus({ directory, id, ...events });
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= bus.close();
      return closed;
    };
    onTestFinished(close);
    return { ...bus, close, crash: () => void close() };
  };
});

test('[G10] a stranger who writes nonsense to the socket is passed over', async () => {
  const directory = await createDirectory();
  const heard: string[] = [];
  const quiet = { greeting: () => [], onPeerLost: () => undefined };
  const bus = await createUnixBus({
    directory,
    id: 'chat-1',
    ...quiet,
    onMessage: ({ kind }) => void heard.push(kind),
  });
  onTestFinished(() => bus.close());
  const stranger = connect(join(directory, 'chat-1.sock'));
  stranger.write('chat-9\nnot JSON\n{"kind":"unknown"}\n[]\n{"kind":"committed"}\n');
  await expect.poll(() => heard).toEqual(['committed']);
  stranger.destroy();
});

test('[G10] a stranger who writes a line without end, or no name, is let go; the others are heard on', async () => {
  const directory = await createDirectory();
  const heard: string[] = [];
  const quiet = { greeting: () => [], onPeerLost: () => undefined };
  const onMessage = ({ kind }: { kind: string }) => void heard.push(kind);
  const bus = await createUnixBus({ directory, id: 'chat-1', ...quiet, onMessage });
  onTestFinished(() => bus.close());
  const meet = (first: string) => {
    const stranger = connect(join(directory, 'chat-1.sock'));
    stranger.on('error', () => undefined).write(first);
    return stranger;
  };
  const endless = meet('chat-9\n');
  const piece = 'x'.repeat(65_536);
  const pour = () => {
    while (endless.writable && endless.write(piece));
  };
  endless.on('drain', pour);
  pour();
  const nameless = meet(`${'x'.repeat(500)}\n{"kind":"committed"}\n`);
  await Promise.all([endless, nameless].map((stranger) => new Promise((resolve) => stranger.once('close', resolve))));
  expect(heard).toEqual([]);
  const peer = meet('chat-2\n{"kind":"comm');
  await new Promise((resolve) => setImmediate(resolve));
  peer.write('itted"}\n');
  await expect.poll(() => heard).toEqual(['committed']);
  peer.destroy();
});

test("[G10] sockets of replicas that are gone, and what is no socket, are in nobody's way", async () => {
  const directory = await createDirectory();
  await writeFile(join(directory, 'chat-7.sock'), 'no socket');
  await mkdir(join(directory, 'chat-8.sock'));
  const heard: string[] = [];
  const quiet = { greeting: () => [], onPeerLost: () => undefined };
  const one = await createUnixBus({ directory, id: 'chat-1', ...quiet, onMessage: () => undefined });
  const two = await createUnixBus({
    ...{ directory, id: 'chat-2', ...quiet },
    onMessage: ({ kind }) => void heard.push(kind),
  });
  onTestFinished(() => Promise.all([one.close(), two.close()]).then(() => undefined));
  await expect
    .poll(() => {
      one.publish({ kind: 'committed', size: 1 });
      return heard.length;
    })
    .toBeGreaterThan(0);
});

test('[G6.2] only the replicas’ own user reaches their bus, whatever the umask', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const folder = await createDirectory();
  const there = join(folder, 'there');
  await mkdir(there, { mode: 0o777 });
  const quiet = { greeting: () => [], onPeerLost: () => undefined, onMessage: () => undefined };
  for (const directory of [join(folder, 'new'), there]) {
    const bus = await createUnixBus({ directory, id: 'chat-1', ...quiet });
    onTestFinished(() => bus.close());
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, 'chat-1.sock'))).mode & 0o777).toBe(0o600);
  }
});
