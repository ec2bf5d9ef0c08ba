import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeAfterTest, startBalancer, until, untilState } from './testing/running-balancer.ts';

test('[G10] who sends request after request without waiting for an answer is cut off, and nobody else notices', async () => {
  const balancer = await startBalancer();
  let asked = 0;
  const replica = createServer((request, response) => {
    if (request.url === '/readyz') response.end();
    else asked += 1; // and never answers
  });
  await once(replica.listen(join(balancer.replicasDirectory, 'chat-1.sock')), 'listening');
  closeAfterTest(() => {
    replica.close();
    replica.closeAllConnections();
  });
  await untilState(balancer, 'chat-1', 'up');

  const client = connect(balancer.port, '127.0.0.1');
  closeAfterTest(() => void client.destroy());
  let cut = false;
  client
    .on('error', () => undefined)
    .on('close', () => {
      cut = true;
    });
  client.write('GET /trpc/x HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2_000));
  await until(() => cut);
  expect(asked).toBeLessThanOrEqual(64);
  const { status } = await fetch(`http://127.0.0.1:${balancer.port}/healthz`);
  expect(status).toBe(200);
});
