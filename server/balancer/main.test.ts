import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startProcess } from './testing/balancer-process.ts';
import { closeAfterTest } from './testing/running-balancer.ts';

describe('the process', () => {
  test('says where it listens, answers there, and ends with 0 on SIGTERM', async () => {
    const { child, url } = await startProcess();
    expect((await fetch(`${await url}/healthz`)).status).toBe(200);
    // A handshake that waits for a replica must not hold it up.
    const waiting = new WebSocket(`${(await url).replace('http', 'ws')}/trpc`);
    waiting.on('error', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('[G10] goes on when nobody reads its log any more', async () => {
    const { child, url } = await startProcess();
    const address = await url;
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    // It says that it stops, into a pipe that has no other end.
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('[G10.9] a port that is taken is named with what to do, exit code 78', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    closeAfterTest(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await refusal({ PORT: String(port) })).toEqual([
      78,
      `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT to a free port.\n`,
    ]);
  });

  test('[G9.8] a port is shared with a successor alone, which says so', async () => {
    const first = await startProcess();
    const { port } = new URL(await first.url);
    expect(await refusal({ PORT: port })).toEqual([78, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
    const second = await startProcess({ PORT: port }, ['--take-over']);
    await second.url;
    first.child.kill('SIGUSR2');
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('[G10.9] a setting that cannot be used is named, exit code 78', async () => {
    expect(await refusal({ PORT: 'x' })).toEqual([78, 'PORT takes a whole number from 0 to 65535, not "x".\n']);
    expect(await refusal({ BIND: '203.0.113.9' })).toEqual([78, expect.stringContaining('BIND is "203.0.113.9"')]);
  });
});

async function refusal(environment: Record<string, string>): Promise<[number, string]> {
  const { child, errors } = await startProcess(environment);
  const [code] = await once(child, 'close');
  return [code, errors()];
}
