import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { join as joinPath } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { photoWithPlace, pixelBomb } from '../files/testing/hostile-files.ts';
import { createChatClient } from '../testing/chat-client.ts';
import { testOrigin } from '../testing/http-call.ts';
import { invite, join, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

type Answer = { status: number; type: string | undefined; cache: string | undefined; body: Buffer };

function ask(
  socketPath: string,
  path: string,
  { cookie = '', body, origin = testOrigin }: { cookie?: string; body?: Buffer | string; origin?: string },
): Promise<Answer> {
  const method = body === undefined ? 'GET' : 'POST';
  const asking = request({ socketPath, path, method, headers: { host: 'localhost', origin, cookie } });
  return new Promise((resolve, reject) => {
    asking.on('error', reject).on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { 'content-type': type, 'cache-control': cache } = response.headers;
        resolve({ status: response.statusCode ?? 0, type, cache, body: Buffer.concat(parts) });
      });
    });
    asking.end(body);
  });
}

test('[I.2] a photo becomes a small square without its place, seen on every replica by members alone', async () => {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all([
    startReplicaProcess(workspace, 'chat-1'),
    startReplicaProcess(workspace, 'chat-2'),
  ]);
  const owner = await setUpWorkspace(one);
  const cookie = await join(two, await invite(one, owner), 'Gil');
  const ada = createChatClient({ socketPath: two.socketPath, cookie: owner });
  await ada.follow();
  const sent = await ask(one.socketPath, '/files/avatars', { cookie, body: await photoWithPlace() });
  expect(sent.status).toBe(200);
  const { avatar } = JSON.parse(sent.body.toString()) as { avatar: string };
  await ada.seen((frame) => frame.kind === 'member-changed' && frame.member.avatar === avatar, 'the picture');
  const seen = await ask(two.socketPath, `/files/avatars/${avatar}`, { cookie: owner });
  expect(seen).toMatchObject({ status: 200, type: 'image/webp', cache: 'private, max-age=31536000, immutable' });
  const { exif, xmp, width, height } = await sharp(seen.body).metadata();
  expect({ exif, xmp, width, height }).toEqual({ width: 256, height: 256 });
  expect(seen.body.includes('Secret')).toBe(false);
  expect(seen.body.length).toBeLessThan(60_000);
  expect((await ask(two.socketPath, `/files/avatars/${avatar}`, {})).status).toBe(401);
  expect((await ask(two.socketPath, '/files/avatars', { body: 'x' })).status).toBe(401);
  const foreign = { cookie, body: 'x', origin: 'https://example.org' };
  expect((await ask(two.socketPath, '/files/avatars', foreign)).status).toBe(403);
  for (const path of [
    '/files/avatars/',
    '/files/avatars/no',
    '/files/avatars/../../trpc',
    `/files/avatars/${avatar}/x`,
  ])
    expect((await ask(two.socketPath, path, { cookie: owner })).status, path).toBe(404);
  await ada.trpc.members.removeAvatar.mutate();
  expect((await ask(two.socketPath, `/files/avatars/${avatar}`, { cookie: owner })).status).toBe(200);
  const gil = createChatClient({ socketPath: one.socketPath, cookie });
  await gil.trpc.members.removeAvatar.mutate();
  await ada.seen((frame) => frame.kind === 'member-changed' && frame.member.avatar === undefined, 'it gone');
  expect((await ask(one.socketPath, `/files/avatars/${avatar}`, { cookie: owner })).status).toBe(404);
  await Promise.all([ada.close(), gil.close()]);
});

test('[I.2] [G10] what is no picture, or too much of one, is refused, and changes and hurts nothing', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const cookie = await setUpWorkspace(replica);
  const send = async (body: Buffer | string) => {
    const { status, body: answer } = await ask(replica.socketPath, '/files/avatars', { cookie, body });
    return `${status} ${/"reason":"([^"]+)"/.exec(answer.toString())?.[1]}`;
  };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const frame = { create: { width: 8, height: 8, channels: 3 as const, background: 'red' } };
  const gif = await sharp(frame).gif().toBuffer();
  for (const other of ['', '<!doctype html><script>alert(1)</script>', svg, `\n ${svg}`, gif])
    expect(await send(other)).toBe('415 file-type-refused');
  expect(await send(Buffer.from('\x89PNG\r\n\x1a\nnothing of the kind', 'latin1'))).toBe('415 file-type-refused');
  expect(await send(Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X\0\0\0\0\x02', 'latin1')]))).toBe(
    '415 file-type-refused',
  );
  expect(await send(pixelBomb())).toBe('413 picture-too-large');
  expect(await send(Buffer.alloc(2_097_153))).toBe('413 file-too-large');
  const png = await sharp(frame).png().toBuffer();
  expect(await send(Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]))).toBe('200 undefined');
  for (let index = 0; index < 10; index += 1) await send('');
  expect(await send('')).toBe('429 too-many-attempts');
  expect((await ask(replica.socketPath, '/healthz', {})).status).toBe(200);
});

test('[I.2] what a killed replica was making goes when it starts again or, should it not, an hour later; what another one makes stays', async () => {
  const workspace = await createWorkspace();
  const arriving = joinPath(workspace.dataDirectory, 'arriving');
  for (const place of ['chat-1/avatar-left', 'chat-2/avatar-being-made', 'chat-9/avatar-left'])
    mkdirSync(joinPath(arriving, place), { recursive: true });
  const longAgo = Date.now() / 1_000 - 3_700;
  utimesSync(joinPath(arriving, 'chat-9/avatar-left'), longAgo, longAgo);
  await startReplicaProcess(workspace, 'chat-1');
  expect(readdirSync(arriving, { recursive: true }).map(String).sort()).toEqual([
    'chat-2',
    'chat-2/avatar-being-made',
    'chat-9',
  ]);
});
