import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any variable it serves the built page on the loopback address', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    bind: '127.0.0.1',
    replicasDirectory: 'run/replicas',
    assetsDirectory: './dist/client',
    ticketsDirectory: 'run/tickets',
    labs: { supervisor: 'run/lab.sock', replicas: 'run/labs' },
    metricsToken: undefined,
    publicUrl: undefined,
    replicaAddresses: [],
    clients: {
      limits: { connections: 8_000, handshakesPerSecond: 200, requestsPerSecond: 500, uploads: 64 },
      trustedProxies: undefined,
      accessLog: false,
    },
    policy: { balancing: 'round-robin', slowStartMs: 0, connectionAgeMs: 0, rebalancePerSecond: 0 },
  });
});

test('[G10.9] a RUN_DIRECTORY too deep for Unix sockets is named with what to do', () => {
  expect(() => readConfig({ RUN_DIRECTORY: `/tmp/${'x'.repeat(80)}` })).toThrow(/^RUN_DIRECTORY .* 8 too long/);
  expect(readConfig({ RUN_DIRECTORY: `/tmp/${'x'.repeat(70)}` }).port).toBe(8080);
});

test.each([
  ['PORT', '80x'],
  ['PORT', '65536'],
  ['PUBLIC_URL', 'chat.example.org'],
  ['BALANCING', 'random'],
  ['SLOW_START_SECONDS', '-1'],
  ['CONNECTION_AGE_MINUTES', 'x'],
  ['REBALANCE_PER_SECOND', '0.5'],
  ['REPLICA_ADDRESSES', 'chat-1'],
  ['REPLICA_ADDRESSES', 'chat-1:0'],
  ['REPLICA_ADDRESSES', '[10.0.0.1]:80'],
  ['REPLICA_ADDRESSES', 'a=host:1,a=host:2'],
])('[G10.9] %s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
});

test('[G8.8] replicas over TCP are named by themselves or by their address', () => {
  const { replicaAddresses } = readConfig({ REPLICA_ADDRESSES: 'chat-1=10.0.0.5:9000, chat.internal:9001,[::1]:9002' });
  expect(replicaAddresses).toEqual([
    { id: 'chat-1', host: '10.0.0.5', port: 9000 },
    { id: 'chat.internal:9001', host: 'chat.internal', port: 9001 },
    { id: '[::1]:9002', host: '::1', port: 9002 },
  ]);
});
