import { once } from 'node:events';
import { link } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { switching } from './clients.ts';
import { closeAfterTest, type RunningBalancer, untilState } from './running-balancer.ts';

/** Answers every handshake; while it is frozen the kernel goes on to accept for it, two connections and no more. */
const program = `
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', (data) => {
    if (String(data).startsWith('GET /readyz')) socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n');
    else socket.write(workerData.switching);
  });
});
server.listen({ path: workerData.path, backlog: 1 }, () => parentPort.postMessage('listening'));
parentPort.on('message', (ms) => {
  parentPort.postMessage('frozen');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
});
`;

export async function startFreezingReplica(
  balancer: RunningBalancer,
  id: string,
): Promise<{ freeze(ms: number): Promise<void> }> {
  const path = join(balancer.replicasDirectory, `${id}.sock`);
  const worker = new Worker(program, { eval: true, workerData: { path: `${path}.bound`, switching } });
  closeAfterTest(async () => void (await worker.terminate()));
  await once(worker, 'message');
  await link(`${path}.bound`, path);
  await untilState(balancer, id, 'up');
  return {
    async freeze(ms) {
      worker.postMessage(ms);
      await once(worker, 'message');
    },
  };
}
