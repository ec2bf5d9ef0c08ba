import { expect, test } from 'vitest';
import type { ClusterEvent } from './cluster.ts';
import { createNarrator, createRelay } from './narrator.ts';

const said = (process: string, fields: Record<string, unknown>): ClusterEvent => ({
  kind: 'said',
  process,
  line: JSON.stringify({ at: '2026-01-01T00:00:00.000Z', part: process, level: 'info', ...fields }),
  on: 'stdout',
});

function narrated(events: ClusterEvent[]): string {
  let text = '';
  const narrate = createNarrator((more) => {
    text += more;
  });
  for (const event of events) narrate(event);
  return text;
}

test('a person is told the address, the set-up link once, and when everyone is ready', () => {
  const link = { event: 'set-up-needed', url: 'http://127.0.0.1:8080/setup#token' };
  const text = narrated([
    said('balancer', { event: 'listening', url: 'http://127.0.0.1:8080' }),
    said('chat-1', link),
    said('chat-1', { event: 'ready' }),
    said('chat-2', link),
    { kind: 'all-ready', inMs: 700 },
  ]);
  expect(text.match(/setup#token/g)).toHaveLength(1);
  expect(text).toContain('Ronda is at http://127.0.0.1:8080\n');
  expect(text).toContain('ready after 700 ms');
  expect(text).not.toContain('{');
});

test('a person is told of ends and returns, not of everyday lines', () => {
  const text = narrated([
    { kind: 'all-ready', inMs: 700 },
    { kind: 'ended', process: 'chat-2', why: 'SIGKILL', refused: false, restartInMs: 0 },
    said('chat-2', { event: 'ready' }),
    { kind: 'ended', process: 'chat-3', why: 'exit code 1', refused: false, restartInMs: 2_100 },
    said('balancer', { event: 'replica-state', to: 'up' }),
    said('balancer', { level: 'warn', event: 'replica-state', to: 'suspect' }),
  ]);
  expect(text.split('\n').slice(1)).toEqual([
    '  chat-2 ended (SIGKILL); it starts again now.',
    '  chat-2 is back.',
    '  chat-3 ended (exit code 1); it starts again in 2.1 s.',
    '  balancer: replica-state, to: suspect',
    '',
  ]);
});

test('what collects logs gets every line as it was, and what the supervisor saw as lines of the same shape', () => {
  const lines: string[] = [];
  const complaints: string[] = [];
  const relay = createRelay(
    (line) => lines.push(line),
    (line) => complaints.push(line),
  );
  relay(said('chat-1', { event: 'ready' }));
  relay({ kind: 'started', process: 'chat-1', pid: 7 });
  relay({ kind: 'said', process: 'chat-1', line: 'a stack trace', on: 'stderr' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { part: 'chat-1', event: 'ready' },
    { part: 'supervisor', event: 'process-started', process: 'chat-1', pid: 7 },
  ]);
  expect(complaints).toEqual(['a stack trace\n']);
});
