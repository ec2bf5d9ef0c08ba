import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { createChatClient } from '../testing/chat-client.ts';
import {
  announce,
  fetchFile,
  idOf,
  offsetOf,
  sendPart,
  settled,
  uploadAll,
  uploadFile,
} from '../testing/files-client.ts';
import { setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test.runIf(canMount)(
  '[F.3] [G1.3] on a full disk uploads are refused by name, what was there stays, messages go on, and room brings them back',
  async () => {
    const workspace = await createWorkspace();
    mkdirSync(workspace.dataDirectory, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', workspace.dataDirectory]);
    onTestFinished(() => void execFileSync('umount', ['-l', workspace.dataDirectory]));
    const one = await startReplicaProcess(workspace, 'chat-1');
    const at = { socketPath: one.socketPath, cookie: await setUpWorkspace(one) };
    const client = createChatClient(at);
    onTestFinished(() => client.close());
    const channel = (await client.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
    const first = await uploadFile(at, 'first.bin', randomBytes(1_000_000));
    await client.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: '', attachments: [first.id] });

    const refused = ({ status, body }: { status: number; body: Buffer }) => [status, JSON.parse(body.toString())];
    const full = [507, { code: 'storage-full' }];
    expect(refused(await announce(at, 'too much', 60_000_000))).toEqual(full);
    const bytes = randomBytes(8_000_000);
    const path = (await announce(at, 'second.bin', bytes.length)).headers.location ?? '';
    await sendPart(at, path, 0, bytes.subarray(0, 2_000_000));
    // Somebody else takes the rest of the disk, but for what is kept for messages.
    const ballast = join(workspace.dataDirectory, 'ballast');
    const { bavail, bsize } = statfsSync(workspace.dataDirectory);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 5_000_000));
    for (const chunked of [false, true])
      expect(refused(await sendPart(at, path, 2_000_000, bytes.subarray(2_000_000), chunked))).toEqual(full);
    const text = 'still here';
    await client.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
    expect((await fetchFile(at, `/files/${first.id}/x`)).status).toBe(200);
    expect(await offsetOf(at, path)).toBe(2_000_000);

    rmSync(ballast);
    expect((await sendPart(at, path, 2_000_000, bytes.subarray(2_000_000))).status).toBe(204);
    expect(await settled(at, idOf(path))).toMatchObject({ state: 'ready' });
    expect((await fetchFile(at, `/files/${idOf(path)}/x`)).body.equals(bytes)).toBe(true);
  },
);

test('[F.3] all files together have a limit', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1', { FILES_GIGABYTES: '1' });
  const at = { socketPath: one.socketPath, cookie: await setUpWorkspace(one) };
  expect((await announce(at, 'a', 600_000_000)).status).toBe(201);
  expect((await announce(at, 'b', 600_000_000)).status).toBe(507);
  expect((await announce(at, 'c', 300_000_000)).status).toBe(201);
});

test('[F.1] [G7.6] an upload whose replica was killed before it was a file becomes one on the next', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1');
  const at = { socketPath: one.socketPath, cookie: await setUpWorkspace(one) };
  const bytes = randomBytes(5_000_000);
  const path = (await announce(at, 'x.bin', bytes.length)).headers.location ?? '';
  await sendPart(at, path, 0, bytes.subarray(0, 4_000_000));
  await sendPart(at, path, 4_000_000, bytes.subarray(4_000_000));
  await one.kill('SIGKILL');
  const two = await startReplicaProcess(workspace, 'chat-2');
  const elsewhere = { ...at, socketPath: two.socketPath };
  expect(await settled(elsewhere, idOf(path))).toMatchObject({ state: 'ready' });
  expect((await fetchFile(elsewhere, `/files/${idOf(path)}/x`)).body.equals(bytes)).toBe(true);
  await expect.poll(() => readdirSync(join(workspace.dataDirectory, 'uploads'))).toEqual([]);
});

test('[F.11] what was left behind goes when a replica starts: uploads that nobody knows, and folders of their making', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1');
  const at = { socketPath: one.socketPath, cookie: await setUpWorkspace(one) };
  const path = (await announce(at, 'going on', 10)).headers.location ?? '';
  await sendPart(at, path, 0, Buffer.from('12345'));
  await uploadAll(at, 'done', Buffer.from('done'));
  await one.kill('SIGTERM');
  const uploads = join(workspace.dataDirectory, 'uploads');
  writeFileSync(join(uploads, 'x'.repeat(22)), 'left');
  mkdirSync(join(uploads, `${'y'.repeat(22)}.work`));
  const two = await startReplicaProcess(workspace, 'chat-2');
  await expect.poll(() => readdirSync(uploads)).toEqual([idOf(path)]);
  expect(await offsetOf({ ...at, socketPath: two.socketPath }, path)).toBe(5);
});

test('[F.5] [G1] a backup taken while files come and go gives each of its messages its files, byte for byte', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1');
  const at = { socketPath: one.socketPath, cookie: await setUpWorkspace(one) };
  const client = createChatClient(at);
  onTestFinished(() => client.close());
  const channel = (await client.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const sent = new Map<string, Buffer>();
  const sendOne = async () => {
    const bytes = randomBytes(50_000);
    const { id } = await uploadFile(at, 'x.bin', bytes);
    sent.set(id, bytes);
    return client.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: '', attachments: [id] });
  };
  const messages = [await sendOne(), await sendOne(), await sendOne()];
  const tar = join(workspace.directory, 'ronda.tar');
  const coming = (async () => {
    for (const { seq } of messages.slice(0, 2)) {
      await client.trpc.messages.delete.mutate({ message: seq });
      await sendOne();
    }
  })();
  await Promise.all([writeBackup(workspace.dataDirectory, createWriteStream(tar)), coming]);
  expect(readdirSync(workspace.dataDirectory)).not.toContainEqual(expect.stringMatching(/^\.backup/));

  const restored = {
    ...workspace,
    dataDirectory: join(workspace.directory, 'restored'),
    runDirectory: join(workspace.directory, 'run2'),
  };
  await restoreBackup(createReadStream(tar), restored.dataDirectory);
  const two = await startReplicaProcess(restored, 'chat-1');
  const there = createChatClient({ ...at, socketPath: two.socketPath });
  onTestFinished(() => there.close());
  const page = await there.trpc.messages.page.query({ channel });
  const attached = page.messages.flatMap(({ attachments = [] }) => attachments);
  expect(attached.length).toBeGreaterThan(0);
  for (const { id } of attached) {
    const { body } = await fetchFile({ ...at, socketPath: two.socketPath }, `/files/${id}/x.bin`);
    expect(body.equals(sent.get(id) ?? Buffer.alloc(0))).toBe(true);
  }
});
