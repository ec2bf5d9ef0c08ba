import { request } from 'node:http';
import { expect, test } from 'vitest';
import { openWebSocket } from '../testing/clients.ts';
import { startBalancer, until } from '../testing/running-balancer.ts';
import { startReplica } from '../testing/upstreams.ts';

/** What a scrape finds, by name and labels. */
async function scrape(url: string): Promise<Map<string, number>> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('[G8.11] the balancer tells what it did with each replica', async () => {
  const balancer = await startBalancer();
  await startReplica(balancer, 'chat-1');
  const replica = await startReplica(balancer, 'chat-2');
  const clients = await Promise.all(Array.from({ length: 6 }, () => openWebSocket(balancer.port)));
  clients.find((client) => client.replica === 'chat-1')?.socket.terminate();
  await until(() => balancer.replicas.find('chat-1')?.counters.tunnels === 2);
  await replica.stop();
  await until(() => balancer.replicas.find('chat-2')?.counters.tunnels === 0);
  const metrics = await scrape(`${balancer.url}/metrics`);
  const value = (name: string) => metrics.get(name);
  expect(value('ronda_replica_state{replica="chat-1",state="up"}')).toBe(1);
  expect(value('ronda_replica_state{replica="chat-2",state="up"}')).toBe(0);
  expect(value('ronda_tunnels{replica="chat-1"}')).toBe(2);
  expect(value('ronda_assigned_total{replica="chat-2",work="connections"}')).toBe(3);
  expect(value('ronda_tunnels_closed_total{replica="chat-1",reason="client"}')).toBe(1);
  expect(value('ronda_tunnels_closed_total{replica="chat-2",reason="replica"}')).toBe(3);
  expect(value('ronda_handshake_seconds_count{replica="chat-1"}')).toBe(3);
  expect(value('ronda_handshake_seconds_sum{replica="chat-1"}')).toBeGreaterThan(0);
  const within = (le: string) => value(`ronda_handshake_seconds_bucket{replica="chat-1",le="${le}"}`) ?? Number.NaN;
  expect(within('0.001')).toBeLessThanOrEqual(within('10'));
  expect(within('+Inf')).toBe(3);
  expect(value('ronda_tunnel_bytes_total{replica="chat-1",direction="to-clients"}')).toBeGreaterThan(0);
  expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
});

test("[G8.11] a replica's own are passed on", async () => {
  const balancer = await startBalancer();
  const answer = 'ronda_seq 7\n';
  await startReplica(balancer, 'chat-1', (_, response) => response.setHeader('content-type', 'text/plain').end(answer));
  expect((await scrape(`${balancer.url}/metrics?replica=chat-1`)).get('ronda_seq')).toBe(7);
  expect((await fetch(`${balancer.url}/metrics?replica=chat-9`)).status).toBe(404);
  await startReplica(balancer, 'chat-2', (_, response) => response.end(answer));
  expect((await scrape(`${balancer.url}/metrics?replica=chat-2`)).get('ronda_seq')).toBe(7);
});

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/metrics`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

test('[G8.11] metrics are told on this machine, or to who has the token', async () => {
  const balancer = await startBalancer({}, {}, undefined, { metricsToken: 'a-long-secret' });
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  const status = (headers: Record<string, string>) => statusOf(balancer.url, headers);
  for (const host of ['localhost', `localhost:${balancer.port}`, '127.0.0.1', '[::1]:80'])
    expect(await status({ host })).toBe(200);
  expect(await status(forwarded)).toBe(403);
  for (const host of ['chat.example.org', 'localhost.example.org', '127.0.0.1.nip.io'])
    expect(await status({ host })).toBe(403);
  expect(await status({ ...forwarded, authorization: 'Bearer another' })).toBe(403);
  expect(await status({ ...forwarded, authorization: 'Bearer a-long-secret' })).toBe(200);
});

test('[G8.11] where people come by a public name, only the token counts', async () => {
  const balancer = await startBalancer({}, {}, 'https://chat.example.org', { metricsToken: 'a-long-secret' });
  expect(await statusOf(balancer.url, { host: 'localhost' })).toBe(403);
  expect(await statusOf(balancer.url, { host: 'localhost', authorization: 'Bearer a-long-secret' })).toBe(200);
});
