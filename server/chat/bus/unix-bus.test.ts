import { mkdtemp, rm } from 'node:fs/promises';
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
