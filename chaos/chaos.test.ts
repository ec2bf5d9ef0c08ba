import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { sabotages } from './options.ts';
import type { Report } from './report.ts';

const limitMs = 120_000;

/** Runs the command as people do; what it said on the way is shown where it didn't come to its end. */
function chaos(...parameters: string[]): Promise<{ code: number; report: Report }> {
  return new Promise((resolve, reject) => {
    const command = ['chaos/main.ts', '--json', '--in-flight', '4', ...parameters];
    execFile(process.execPath, command, { timeout: limitMs, killSignal: 'SIGTERM' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      if (typeof code === 'number' && last.startsWith('{')) resolve({ code, report: JSON.parse(last) as Report });
      else reject(new Error(`chaos ended with ${code ?? error?.signal}:\n${stderr}`));
    });
  });
}

test(
  '[G1] [G2] [G3] [G4] [G5] [G6] [G7] killed, stopped, stalled, filled up: nothing is lost, doubled, reordered or leaked',
  async () => {
    const { code, report } = await chaos('--kills', '12', '--seed', '20');
    const { lost, doubled, reordered, holes, leaked, stale, untrue, crashes, examples } = report;
    expect({ lost, doubled, reordered, holes, leaked, stale, untrue, crashes, examples }).toEqual({
      ...{ lost: 0, doubled: 0, reordered: 0, holes: 0, leaked: 0, stale: 0, untrue: 0, crashes: [], examples: [] },
    });
    expect(code).toBe(0);
    expect(report.kills).toBe(12);
    expect(report.acknowledged).toBeGreaterThan(100);
  },
  limitMs,
);

const figure = { drop: 'lost', double: 'doubled', reorder: 'reordered', leak: 'leaked' } as const;

describe('a fault in the delivery is found', () => {
  for (const kind of sabotages)
    test(
      `${kind} is counted as ${figure[kind]}`,
      async () => {
        const { code, report } = await chaos('--kills', '1', '--seed', '4', '--sabotage', kind);
        expect(code).toBe(1);
        expect(report.sabotage?.times).toBeGreaterThan(0);
        expect(report[figure[kind]]).toBeGreaterThan(0);
      },
      limitMs,
    );
});
