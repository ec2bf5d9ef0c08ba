import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { httpCall } from './testing/http-call.ts';
import { setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test.runIf(canMount)(
  '[G1.3] a replica that finds no room at all waits for it, and serves once there is some',
  async () => {
    const workspace = await createWorkspace();
    mkdirSync(workspace.dataDirectory, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', workspace.dataDirectory]);
    onTestFinished(() => void execFileSync('umount', ['-l', workspace.dataDirectory]));
    const first = await startReplicaProcess(workspace, 'chat-1');
    await setUpWorkspace(first);
    await first.kill('SIGKILL');
    rmSync(join(workspace.dataDirectory, 'ronda.sqlite-shm'));
    const ballast = join(workspace.dataDirectory, 'ballast');
    expect(() => writeFileSync(ballast, Buffer.alloc(8 * 1_048_576))).toThrow('ENOSPC');

    let ready = false;
    const second = startReplicaProcess(workspace, 'chat-1').then((replica) => {
      ready = true;
      return replica;
    });
    await Promise.race([second, delay(2_000)]);
    expect(ready).toBe(false);
    rmSync(ballast);
    const { socketPath } = await second;
    const { data } = await httpCall(socketPath, 'identity.status', { method: 'GET' });
    expect(data).toMatchObject({ workspace: 'Aula' });
  },
);
