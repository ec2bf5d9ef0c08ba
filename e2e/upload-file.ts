import sharp from 'sharp';
import type { FileState } from '../shared/attachment.ts';
import type { HttpClient } from './http-client.ts';

/** A drawing of that size, with a colour of its own. */
export function pngPicture(width: number, height: number, hue = 0): Promise<Buffer> {
  const background = { r: (60 + hue * 47) % 256, g: (120 + hue * 91) % 256, b: (200 + hue * 23) % 256 };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** As the page does it, for what a test needs to be there before it begins. Resolves with what `messages.send` takes. */
export async function uploadFile(url: string, client: HttpClient, name: string, bytes: Buffer): Promise<string> {
  const headers = { cookie: client.cookie, origin: url, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${url}/files/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    },
  });
  const id = created.headers.get('location')?.split('/').at(-1) ?? '';
  const sent = await fetch(`${url}/files/uploads/${id}`, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  });
  if (sent.status !== 204) throw new Error(`An upload ended with ${sent.status}: ${await sent.text()}`);
  for (;;) {
    const state = await stateOf(url, client, id);
    if (state.state === 'ready') return id;
    if (state.state === 'refused') throw new Error(`${name}: ${state.code}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stateOf(url: string, { cookie }: HttpClient, id: string): Promise<FileState> {
  const input = encodeURIComponent(JSON.stringify({ id }));
  const answer = await fetch(`${url}/trpc/files.describe?input=${input}`, { headers: { cookie } });
  return ((await answer.json()) as { result: { data: FileState } }).result.data;
}
