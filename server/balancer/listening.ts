import { createServer, type Server } from 'node:net';

/** Where a port may have several listeners of one user, a successor can listen before its predecessor stops. */
const canShare = ['linux', 'freebsd'].includes(process.platform);

/** Fails where the port is taken, unless this is meant to take it over from a predecessor. */
export async function listenShared(server: Server, port: number, host: string, takeOver: boolean): Promise<void> {
  if (canShare && !takeOver && port !== 0) await expectFree(port, host);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, reusePort: canShare }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** For the same reason nothing else would tell that another Ronda has the port. Fails with EADDRINUSE. */
async function expectFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ port, host }, resolve));
  await new Promise((resolve) => probe.close(resolve));
}

export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
