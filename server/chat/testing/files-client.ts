import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Attachment, FileState } from '../../../shared/attachment.ts';
import { httpCall, testOrigin } from './http-call.ts';

export type FileAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Whose cookie, at which replica. */
export type At = { socketPath: string; cookie: string };

type Asked = { method?: string; headers?: Record<string, string>; body?: Buffer };

export async function fetchFile({ socketPath, cookie }: At, path: string, asked: Asked = {}): Promise<FileAnswer> {
  const { method = 'GET', headers = {}, body } = asked;
  const outgoing = request({
    ...{ socketPath, method, path },
    headers: { host: 'localhost', cookie, ...(method === 'GET' ? {} : { origin: testOrigin }), ...headers },
  });
  outgoing.end(body);
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject).on('response', (answer) => {
      buffer(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
        reject,
      );
    });
  });
}

const tus = { 'tus-resumable': '1.0.0' };

/** Announces an upload. */
export function announce(at: At, name: string, length: number): Promise<FileAnswer> {
  const metadata = `filename ${Buffer.from(name).toString('base64')}`;
  const headers = { ...tus, 'upload-length': String(length), 'upload-metadata': metadata };
  return fetchFile(at, '/files/uploads', { method: 'POST', headers });
}

export function sendPart(at: At, path: string, offset: number, body: Buffer, chunked = false): Promise<FileAnswer> {
  const headers = { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) };
  return fetchFile(at, path, { method: 'PATCH', headers: { ...headers, ...length }, body });
}

/** How much has arrived; undefined where there is no such upload. */
export async function offsetOf(at: At, path: string): Promise<number | undefined> {
  const { status, headers } = await fetchFile(at, path, { method: 'HEAD', headers: tus });
  return status === 200 ? Number(headers['upload-offset']) : undefined;
}

export async function describeFile({ socketPath, cookie }: At, id: string): Promise<FileState> {
  const answer = await httpCall(socketPath, 'files.describe', { method: 'GET', input: { id }, cookie });
  if (answer.refusal !== undefined) throw new Error(answer.refusal.reason);
  return answer.data as FileState;
}

/** What has become of it once it is no longer worked on. */
export async function settled(at: At, id: string): Promise<Exclude<FileState, { state: 'processing' }>> {
  for (;;) {
    const state = await describeFile(at, id);
    if (state.state !== 'processing') return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const idOf = (path: string): string => path.split('/').at(-1) ?? '';

/** All of a small file, in one part. */
export async function uploadAll(at: At, name: string, bytes: Buffer): Promise<FileState> {
  const { status, headers, body } = await announce(at, name, bytes.length);
  if (status !== 201) throw new Error(`${status} ${body}`);
  const path = headers.location ?? '';
  if (bytes.length > 0) {
    const sent = await sendPart(at, path, 0, bytes);
    if (sent.status !== 204) throw new Error(`${sent.status} ${sent.body}`);
  }
  return settled(at, idOf(path));
}

export async function uploadFile(at: At, name: string, bytes: Buffer): Promise<Attachment> {
  const state = await uploadAll(at, name, bytes);
  if (state.state !== 'ready') throw new Error(JSON.stringify(state));
  return state.attachment;
}
