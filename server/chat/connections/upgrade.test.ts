import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { testOrigin } from '../testing/http-call.ts';
import { createOpenSockets } from './open-sockets.ts';
import { createUpgradeHandler, type UpgradeOptions } from './upgrade.ts';

test('[G6.4] a session that ends while its socket is being opened gets no socket', async () => {
  const sockets = createOpenSockets();
  const session = { id: 7, member: { id: 1, name: 'Ada', role: 'owner' }, expiresAt: Date.now() + 60_000 };
  const store = {
    async session() {
      sockets.endSession(session.id); // signed out elsewhere, after this was read
      return session;
    },
  };
  const upgrade = createUpgradeHandler({ store, sockets, publicOrigin: undefined } as unknown as UpgradeOptions);
  const server = createServer().on('upgrade', (request, raw, head) => void upgrade(request, raw, head));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://localhost:${port}/trpc`, {
    headers: { cookie: 'ronda=secret', origin: `${testOrigin}:${port}` },
  });
  const [code] = await once(socket, 'close');
  expect(code).toBe(4001);
});
