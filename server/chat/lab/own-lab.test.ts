import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import type { LabAnswer, LabOrder } from '../../lab/lab-order.ts';
import { httpCall } from '../testing/http-call.ts';
import { setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

test('[C.9] a replica that no supervisor keeps kills itself in an open lab, by the owner’s ticket alone', async () => {
  const workspace = await createWorkspace();
  const replica = await startReplicaProcess(workspace, 'chat-1', { LAB: 'on' });
  const owner = await setUpWorkspace(replica);
  const door = join(workspace.runDirectory, 'labs', 'chat-1.sock');
  expect(statSync(door).mode & 0o777).toBe(0o600);

  const call = (path: string, input?: unknown) =>
    httpCall(replica.socketPath, path, {
      cookie: owner,
      ...(input === undefined ? { method: 'GET' as const } : { method: 'POST' as const, input }),
    });
  const other = ((await call('cluster.ticket')).data as { ticket: string }).ticket;
  const { ticket } = (await call('cluster.labTicket')).data as { ticket: string };
  const kill: LabOrder = { kind: 'kill', replica: 'chat-1' };
  expect(await given(door, other, kill)).toEqual({ ok: false, reason: 'refused' });
  expect(await given(door, ticket, kill)).toEqual({ ok: false, reason: 'closed' });
  expect(await given(door, ticket, { kind: 'look' })).toMatchObject({
    ok: true,
    state: { channel: null, harms: ['kill'], load: null },
  });

  const opened = (await call('cluster.openLab', { clientId: mintClientId() })).data as { channel: number };
  expect(await given(door, ticket, { kind: 'look' })).toMatchObject({ ok: true, state: { channel: opened.channel } });
  const elsewhere: LabOrder[] = [
    { kind: 'kill', replica: 'chat-2' },
    { kind: 'freeze', replica: 'chat-1', seconds: 1 },
    { kind: 'load', perSecond: 10, twice: false },
  ];
  for (const order of elsewhere) expect(await given(door, ticket, order)).toEqual({ ok: false, reason: 'unknown' });
  expect(await given(door, ticket, kill)).toMatchObject({ ok: true });
  await expect.poll(() => replica.child.signalCode).toBe('SIGKILL');
});

test('[C.9] without LAB a replica takes no order', async () => {
  const workspace = await createWorkspace();
  const replica = await startReplicaProcess(workspace, 'chat-1');
  const owner = await setUpWorkspace(replica);
  expect(existsSync(join(workspace.runDirectory, 'labs'))).toBe(false);
  const asked = await httpCall(replica.socketPath, 'cluster.labTicket', { method: 'GET', cookie: owner });
  expect(asked.refusal?.reason).toBe('not-allowed');
});

function given(path: string, ticket: string, order: LabOrder): Promise<LabAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path, () => socket.write(`${JSON.stringify({ ticket, order })}\n`));
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('close', () => resolve(JSON.parse(text) as LabAnswer));
  });
}
