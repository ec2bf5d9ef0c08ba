import { afterEach, expect, test } from 'vitest';
import { type KeptProcess, keepProcess, type ProcessEvent } from './kept-process.ts';

const kept: KeptProcess[] = [];
afterEach(() => {
  for (const process of kept.splice(0)) process.kill();
});

function keep(source: string, environment: Record<string, string> = {}) {
  const events: ProcessEvent[] = [];
  const waiting = new Set<() => void>();
  const process = keepProcess({ name: 'program', arguments: ['-e', source], environment }, (event) => {
    events.push(event);
    for (const check of [...waiting]) check();
  });
  kept.push(process);
  /** Resolves with the first `count` events of a kind. */
  function seen<K extends ProcessEvent['kind']>(kind: K, count: number): Promise<Extract<ProcessEvent, { kind: K }>[]> {
    return new Promise((resolve) => {
      const check = () => {
        const found = events.filter((event): event is Extract<ProcessEvent, { kind: K }> => event.kind === kind);
        if (found.length < count) return;
        waiting.delete(check);
        resolve(found.slice(0, count));
      };
      waiting.add(check);
      check();
    });
  }
  return { process, events, seen };
}

const serve = 'console.log("up"); setInterval(() => {}, 1000)';

test('[G7.2] a program killed with SIGKILL starts again at once, as another process', async () => {
  const { seen } = keep(serve);
  await seen('said', 1);
  const [first] = await seen('started', 1);
  process.kill(first?.pid ?? 0, 'SIGKILL');
  const [ended] = await seen('ended', 1);
  expect(ended).toMatchObject({ why: 'SIGKILL', restartInMs: 0, refused: false });
  await seen('said', 2);
  const [, second] = await seen('started', 2);
  expect(second?.pid).not.toBe(first?.pid);
});

test('[G7.2] a program that keeps crashing is started ever more slowly', async () => {
  const { seen } = keep('process.exit(1)');
  const ends = await seen('ended', 4);
  const waits = ends.map(({ restartInMs }) => restartInMs ?? Number.NaN);
  expect(waits[0]).toBe(0);
  for (const [index, ceiling] of [500, 1_000, 2_000].entries()) {
    expect(waits[index + 1]).toBeGreaterThanOrEqual(ceiling / 2);
    expect(waits[index + 1]).toBeLessThanOrEqual(ceiling);
  }
});

test('[G7.2] a program that refuses its settings stays down', async () => {
  const { seen } = keep('console.error("PORT takes a number"); process.exit(78)');
  const [ended] = await seen('ended', 1);
  expect(ended).toMatchObject({ refused: true, restartInMs: undefined });
  expect(await seen('said', 1)).toEqual([{ kind: 'said', line: 'PORT takes a number', on: 'stderr' }]);
});

test('stopping asks with SIGINT and waits for the end', async () => {
  const { process, seen, events } = keep(
    `process.on('SIGINT', () => { console.log('bye'); process.exit(0) }); ${serve}`,
  );
  await seen('said', 1);
  await process.stop(5_000);
  expect(events.slice(-2)).toEqual([
    { kind: 'said', line: 'bye', on: 'stdout' },
    { kind: 'ended', why: 'exit code 0', refused: false, restartInMs: undefined },
  ]);
});

test('stopping kills what does not end in time', async () => {
  const { process, seen } = keep(`process.on('SIGINT', () => {}); ${serve}`);
  await seen('said', 1);
  await process.stop(100);
  expect(await seen('ended', 1)).toMatchObject([{ why: 'SIGKILL', restartInMs: undefined }]);
});

test('a restart that was asked for is immediate however often', async () => {
  const { process, seen } = keep(serve);
  for (const round of [1, 2, 3]) {
    await seen('said', round);
    process.restart();
    expect((await seen('ended', round)).at(-1)).toMatchObject({ restartInMs: 0 });
  }
});

const successor = `
  process.on('SIGTERM', () => process.exit(0));
  process.on('SIGUSR2', () => { console.log('handing over'); process.exit(0); });
  ${serve}`;

test('[G9.8] a successor starts beside its predecessor, which is told to go once the other stands', async () => {
  const { process, seen, events } = keep(successor);
  await seen('said', 1);
  const succeeded = process.succeed();
  await seen('said', 2);
  expect(events.some(({ kind }) => kind === 'ended' || kind === 'retired')).toBe(false);
  process.healthy();
  expect(await succeeded).toBe(true);
  expect(await seen('retired', 1)).toEqual([{ kind: 'retired', why: 'exit code 0' }]);
  expect(events).toContainEqual({ kind: 'said', line: 'handing over', on: 'stdout' });
});

test('[G9.8] where the successor fails, the predecessor stays and is kept on', async () => {
  const { process, seen } = keep(`if (process.argv.includes('--take-over')) process.exit(78); ${successor}`);
  await seen('said', 1);
  expect(await process.succeed()).toBe(false);
  await seen('retired', 1);
  const [first] = await seen('started', 1);
  global.process.kill(first?.pid ?? 0, 'SIGKILL');
  expect((await seen('ended', 1))[0]).toMatchObject({ why: 'SIGKILL', restartInMs: 0 });
});

test('[G9.8] a renewal is told by SIGTERM, and starts again at once', async () => {
  const { process, seen } = keep(successor);
  await seen('said', 1);
  const renewed = process.renew();
  expect((await seen('ended', 1))[0]).toMatchObject({ why: 'exit code 0', restartInMs: 0 });
  await seen('said', 2);
  process.healthy();
  expect(await renewed).toBe(true);
});
