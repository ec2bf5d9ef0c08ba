import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { createChatClient, refusalOf } from '../testing/chat-client.ts';
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
import { httpCall, testOrigin } from '../testing/http-call.ts';
import { invite, join as joinWorkspace, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';
import { gradient, photoWithPlace, pixelBomb } from './testing/hostile-files.ts';

async function openWorkspace(environment: Record<string, string> = {}) {
  const workspace = await createWorkspace();
  const [one, two] = [
    await startReplicaProcess(workspace, 'chat-1', environment),
    await startReplicaProcess(workspace, 'chat-2', environment),
  ];
  const ownerCookie = await setUpWorkspace(one);
  const code = await invite(one, ownerCookie);
  const person = async (cookie: string, { socketPath } = one) => {
    const client = createChatClient({ socketPath, cookie });
    onTestFinished(() => client.close());
    return { at: { socketPath, cookie }, trpc: client.trpc, client };
  };
  const ada = await person(ownerCookie);
  const bea = await person(await joinWorkspace(one, code, 'Bea'), two);
  const channel = (await ada.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const kept = () =>
    readdirSync(join(workspace.dataDirectory, 'files'), { recursive: true }).filter((name) =>
      /\w{64}/.test(String(name).replace('/', '')),
    );
  return { workspace, one, two, ada, bea, channel, kept, person, code };
}

const send = (channel: number, attachments: string[], text = '') => ({
  channel,
  clientId: mintClientId(),
  text,
  attachments,
});

test('[F.1] [F.10] [F.12] a file goes up through one replica, is sent through it, and is read through another, whole or in part', async () => {
  const { ada, bea, channel } = await openWorkspace();
  const bytes = randomBytes(300_000);
  const attachment = await uploadFile(ada.at, 'notes.bin', bytes);
  expect(attachment).toEqual({
    ...{ id: attachment.id, name: 'notes.bin', mediaType: 'application/octet-stream', size: 300_000, kind: 'file' },
  });
  const path = `/files/${attachment.id}/notes.bin`;
  expect((await fetchFile(bea.at, path)).status).toBe(404); // not sent yet
  expect((await fetchFile(ada.at, path)).status).toBe(200);
  await bea.client.follow();
  const message = send(channel, [attachment.id]);
  const sent = await ada.trpc.messages.send.mutate(message);
  expect(await ada.trpc.messages.send.mutate(message)).toEqual(sent);
  await bea.client.seen(
    (event) => event.kind === 'message-posted' && event.message.attachments?.[0]?.id === attachment.id,
    'the file',
  );
  const page = await bea.trpc.messages.page.query({ channel });
  expect(page.messages.at(-1)).toMatchObject({ text: '', attachments: [attachment] });
  const read = await fetchFile(bea.at, path);
  expect(read.body.equals(bytes)).toBe(true);
  expect(read.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="notes.bin"; filename*=UTF-8''notes.bin`,
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('private'),
  });
  expect(read.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  const part = await fetchFile(bea.at, path, { headers: { range: 'bytes=299990-' } });
  expect(part.status).toBe(206);
  expect(part.headers['content-range']).toBe('bytes 299990-299999/300000');
  expect(part.body.equals(bytes.subarray(299_990))).toBe(true);
  expect((await fetchFile(bea.at, path, { headers: { range: 'bytes=300000-' } })).status).toBe(416);
  expect((await fetchFile(bea.at, path, { headers: { 'if-none-match': String(read.headers.etag) } })).status).toBe(304);
});

test('[F.6] a photo is shown without where it was taken, and small ones and a thumbhash stand for it', async () => {
  const { ada, bea, channel } = await openWorkspace();
  const attachment = await uploadFile(ada.at, 'IMG_1.JPG', await photoWithPlace({ width: 2_400, height: 1_800 }));
  expect(attachment).toMatchObject({ kind: 'picture', mediaType: 'image/jpeg', width: 1_800, height: 2_400 });
  expect(attachment.thumbhash).toMatch(/^[A-Za-z0-9+/=]{20,60}$/);
  await ada.trpc.messages.send.mutate(send(channel, [attachment.id], 'Look'));
  for (const [name, format, height] of [
    ['IMG_1.JPG', 'jpeg', 2_400],
    ['view', 'webp', 1_600],
    ['small', 'webp', 480],
  ] as const) {
    const { headers, body } = await fetchFile(bea.at, `/files/${attachment.id}/${name}`);
    expect(headers['content-type']).toBe(`image/${format}`);
    expect(headers['content-disposition']).toMatch(/^inline/);
    expect(body.includes('Secret')).toBe(false);
    const { exif, xmp, ...metadata } = await sharp(body).metadata();
    expect({ exif, xmp }).toEqual({});
    expect(metadata).toMatchObject({ format, height });
  }
});

test('[F.8] what a file is called or said to be changes nothing: its bytes tell, and documents are only downloaded', async () => {
  const { ada } = await openWorkspace();
  const html = '<!doctype html><script>alert(1)</script>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const hostile: [string, Buffer][] = [
    ['page.png', Buffer.from(html)],
    ['drawing.png', Buffer.from(svg)],
    ['drawing.svg', Buffer.from(svg)],
    ['page.html', Buffer.from(html)],
    ['paper.pdf', Buffer.from('%PDF-1.7 /JavaScript')],
    ['bomb.zip', Buffer.from('PK\x03\x04bomb', 'latin1')],
    ['script.js', Buffer.from('alert(1)')],
    ['empty', Buffer.alloc(0)],
  ];
  for (const [name, bytes] of hostile) {
    const attachment = await uploadFile(ada.at, name, bytes);
    expect(attachment).toMatchObject({ kind: 'file', name, size: bytes.length });
    const { headers, body } = await fetchFile(ada.at, `/files/${attachment.id}/${name}`);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    expect(headers['content-disposition']).toMatch(/^attachment;/);
    expect(body.equals(bytes)).toBe(true);
    expect((await fetchFile(ada.at, `/files/${attachment.id}/view`)).status).toBe(404);
  }
  const png = await gradient(40, 40).png().toBuffer();
  const polyglot = await uploadFile(ada.at, 'polyglot.html', Buffer.concat([png, Buffer.from(html)]));
  expect(polyglot).toMatchObject({ kind: 'picture', mediaType: 'image/png', name: 'polyglot.html.png' });
  const read = await fetchFile(ada.at, `/files/${polyglot.id}/polyglot.html`);
  expect(read.headers['content-type']).toBe('image/png');
  expect(read.body.includes('script')).toBe(false);
});

test('[F.7] pixel bombs and broken pictures are refused by name', async () => {
  const { ada } = await openWorkspace();
  expect(await uploadAll(ada.at, 'bomb.png', pixelBomb())).toEqual({
    ...{ state: 'refused', code: 'picture-too-large', details: { limit: 100 } },
  });
  expect(await uploadAll(ada.at, 'gif.gif', Buffer.from('GIF89a=1;alert(1)'))).toMatchObject({
    ...{ state: 'refused', code: 'file-type-refused' },
  });
});

test('[F.9] names lose paths, controls and what turns their direction, and keep the rest', async () => {
  const { ada } = await openWorkspace();
  const cleaned: [string, string][] = [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\evil.exe', 'evil.exe'],
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['a\r\nSet-Cookie: x=1\0.txt', 'aSet-Cookie: x=1.txt'],
    ['.htaccess', 'htaccess'],
    ['', 'file'],
    ['Año nuevo "fiesta" 日本.txt', 'Año nuevo "fiesta" 日本.txt'],
    [`${'x'.repeat(300)}.tar`, `${'x'.repeat(116)}.tar`],
  ];
  for (const [given, name] of cleaned) {
    const attachment = await uploadFile(ada.at, given, Buffer.from('text'));
    expect(attachment.name).toBe(name);
    const { headers } = await fetchFile(ada.at, `/files/${attachment.id}/x`);
    expect(headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent(name).slice(0, 20)}`);
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test('[F.1] [F.2] an upload goes on over another replica from where a killed one had it, byte for byte', async () => {
  const { ada, one, two } = await openWorkspace();
  const bytes = randomBytes(3_000_000);
  const path = (await announce(ada.at, 'long.bin', bytes.length)).headers.location ?? '';
  await sendPart(ada.at, path, 0, bytes.subarray(0, 1_000_000));
  // It is killed while it takes the next part: nobody will ever send the rest of this one.
  const cut = request({
    ...{ socketPath: one.socketPath, method: 'PATCH', path },
    headers: {
      ...{ host: 'localhost', cookie: ada.at.cookie, origin: testOrigin, 'tus-resumable': '1.0.0' },
      ...{ 'upload-offset': '1000000', 'content-type': 'application/offset+octet-stream', 'content-length': '2000000' },
    },
  });
  cut.on('error', () => undefined).write(bytes.subarray(1_000_000, 1_700_000));
  const stored = join(dirname(dirname(dirname(one.socketPath))), 'data', 'uploads', idOf(path));
  await expect.poll(() => statSync(stored).size).toBeGreaterThan(1_000_000);
  await one.kill('SIGKILL');

  const elsewhere = { ...ada.at, socketPath: two.socketPath };
  const offset = (await offsetOf(elsewhere, path)) ?? 0;
  expect(offset).toBeGreaterThan(1_000_000);
  expect(offset).toBe(statSync(stored).size);
  expect((await sendPart(elsewhere, path, offset - 1, Buffer.from('x'))).status).toBe(409);
  expect((await sendPart(elsewhere, path, offset, bytes.subarray(offset))).status).toBe(204);
  const done = await settled(elsewhere, idOf(path));
  expect(done).toMatchObject({ state: 'ready', attachment: { size: bytes.length } });
  expect(await offsetOf(elsewhere, path)).toBe(bytes.length);
  expect((await fetchFile(elsewhere, `/files/${idOf(path)}/long.bin`)).body.equals(bytes)).toBe(true);
});

test('[F.2] nobody else sees, goes on with, ends or sends an upload', async () => {
  const { ada, bea, channel } = await openWorkspace();
  const path = (await announce(ada.at, 'mine.txt', 4)).headers.location ?? '';
  const mine = await uploadFile(ada.at, 'mine.txt', Buffer.from('mine'));
  const tus = { 'tus-resumable': '1.0.0' };
  expect(await offsetOf(bea.at, path)).toBeUndefined();
  expect((await sendPart(bea.at, path, 0, Buffer.from('hers'))).status).toBe(404);
  expect((await fetchFile(bea.at, path, { method: 'DELETE', headers: tus })).status).toBe(404);
  // Nor by an address that two could read differently.
  for (const asked of [`${path}?/${mine.id}`, `${path}/`, `/files/uploads//${mine.id}`, `/files/x/..%2fuploads`])
    expect((await sendPart(bea.at, asked, 0, Buffer.from('hers'))).status).toBe(404);
  const sendMine = bea.trpc.messages.send.mutate(send(channel, [mine.id]));
  expect(await refusalOf(sendMine)).toBe('attachment-missing');
  expect(await refusalOf(ada.trpc.messages.send.mutate(send(channel, [idOf(path)])))).toBe('attachment-missing');
  const foreign = await fetchFile(ada.at, path, {
    method: 'DELETE',
    headers: { ...tus, origin: 'https://evil.example' },
  });
  expect(foreign.status).toBe(403);
  expect((await fetchFile({ ...ada.at, cookie: '' }, path, { method: 'HEAD', headers: tus })).status).toBe(401);
  expect((await fetchFile(ada.at, path, { method: 'DELETE', headers: tus })).status).toBe(204);
  expect(await offsetOf(ada.at, path)).toBeUndefined();
});

test('[F.3] what is too large, too much or of a kind that isn’t wanted is refused by name', async () => {
  const { ada } = await openWorkspace({ FILE_MEGABYTES: '1', UNSENT_FILES: '2', FILE_TYPES: 'image/*, text/plain' });
  const refused = ({ status, body }: { status: number; body: Buffer }) => [status, JSON.parse(body.toString())];
  expect(refused(await announce(ada.at, 'a', 1_000_001))).toEqual([413, { code: 'file-too-large', limit: 1 }]);
  const path = (await announce(ada.at, 'a', 10)).headers.location ?? '';
  expect(refused(await sendPart(ada.at, path, 0, Buffer.alloc(11)))[0]).toBe(413);
  expect(await offsetOf(ada.at, path)).toBe(0);
  expect(await uploadAll(ada.at, 'a.zip', Buffer.from('PK\x03\x04', 'latin1'))).toMatchObject({
    code: 'file-type-refused',
  });
  expect(refused(await announce(ada.at, 'b', 1))).toEqual([429, { code: 'too-many-uploads', limit: 2 }]);
});

test('[F.10] [F.11] [G6.3] [G6.8] who may no longer read a message, or is signed out, gets none of its files', async () => {
  const { ada, bea, channel, kept } = await openWorkspace();
  const gone = randomBytes(2_000);
  const [stays, goes] = [
    await uploadFile(ada.at, 'a.bin', randomBytes(1_000)),
    await uploadFile(ada.at, 'b.bin', gone),
  ];
  // The same content as another upload lies there once, and stays as long as one of them is there.
  const again = await uploadFile(ada.at, 'b again.bin', gone);
  expect(kept()).toHaveLength(2);
  const one = await ada.trpc.messages.send.mutate(send(channel, [stays.id]));
  const two = await ada.trpc.messages.send.mutate(send(channel, [goes.id, stays.id], 'both'));
  const { id: other } = await ada.trpc.channels.create.mutate({ clientId: mintClientId(), name: 'other' });
  const forwarded = await ada.trpc.messages.forward.mutate({
    message: one.seq,
    channel: other,
    clientId: mintClientId(),
  });
  const status = async (id: string, at = bea.at) => (await fetchFile(at, `/files/${id}/x`)).status;
  expect([await status(stays.id), await status(goes.id)]).toEqual([200, 200]);

  await ada.trpc.messages.delete.mutate({ message: two.seq });
  expect([await status(stays.id), await status(goes.id), await status(goes.id, ada.at)]).toEqual([200, 404, 404]);
  await ada.trpc.messages.delete.mutate({ message: one.seq });
  expect(await status(stays.id)).toBe(404); // forwarded to where Bea isn't
  expect(await status(stays.id, ada.at)).toBe(200);
  const page = await ada.trpc.messages.page.query({ channel: other });
  expect(page.messages).toMatchObject([{ id: forwarded.seq, attachments: [stays] }]);
  await bea.trpc.channels.join.mutate({ channel: other });
  expect(await status(stays.id)).toBe(200);
  await bea.trpc.channels.leave.mutate({ channel: other });
  expect(await status(stays.id)).toBe(404);

  expect(kept()).toHaveLength(2);
  await fetchFile(ada.at, `/files/uploads/${again.id}`, { method: 'DELETE' });
  await ada.trpc.messages.delete.mutate({ message: forwarded.seq });
  await expect.poll(kept).toEqual([]);

  const last = await uploadFile(bea.at, 'c.bin', randomBytes(10));
  expect(await status(last.id)).toBe(200);
  await httpCall(bea.at.socketPath, 'identity.signOut', { method: 'POST', cookie: bea.at.cookie });
  expect(await status(last.id)).toBe(401);
});

test('[F.4] replies, quotes and edits carry files too, and a repeat with others is refused', async () => {
  const { ada, channel } = await openWorkspace();
  const [a, b] = [
    await uploadFile(ada.at, 'a.txt', Buffer.from('a')),
    await uploadFile(ada.at, 'b.txt', Buffer.from('b')),
  ];
  const message = send(channel, [a.id, b.id]);
  const root = await ada.trpc.messages.send.mutate(message);
  expect(await refusalOf(ada.trpc.messages.send.mutate({ ...message, attachments: [b.id] }))).toBe('client-id-reused');
  expect(await refusalOf(ada.trpc.messages.send.mutate({ ...message, text: 'x' }))).toBe('client-id-reused');
  await ada.trpc.messages.send.mutate({ ...send(channel, [b.id]), thread: root.seq });
  const quote = await ada.trpc.messages.send.mutate({ ...send(channel, [a.id], 'see'), quotes: root.seq });
  await ada.trpc.messages.edit.mutate({ message: quote.seq, text: '' });
  const plain = await ada.trpc.messages.send.mutate(send(channel, [], 'plain'));
  expect(await refusalOf(ada.trpc.messages.edit.mutate({ message: plain.seq, text: ' ' }))).toBe('message-empty');
  const thread = await ada.trpc.threads.page.query({ thread: root.seq });
  expect(thread).toMatchObject({ root: { attachments: [a, b] }, messages: [{ attachments: [b] }] });
  const page = await ada.trpc.messages.page.query({ channel });
  expect(page.messages[1]).toMatchObject({ text: '', quotes: root.seq, attachments: [a] });
});
