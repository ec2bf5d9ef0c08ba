/** A file's way to the server by tus 1.0, in chunks through whichever replica answers. */
const endpoint = '/files/uploads';
const chunkBytes = 4 * 1024 * 1024;
const stalledAfterMs = 30_000;
const longestWaitMs = 10_000;
const tus = { 'Tus-Resumable': '1.0.0' };

/** The server, or the device, said no: trying again by itself would not help. */
export class UploadRefused extends Error {
  readonly code: string;
  readonly limit: number | undefined;
  constructor(code: string, limit?: number) {
    super(code);
    this.code = code;
    this.limit = limit;
  }
}

type Sending = {
  file: File;
  signal: AbortSignal;
  /** Bytes that are there, or on their way. */
  onProgress(sent: number): void;
};

/**
 * Resolves with the upload's id once the server has every byte. What breaks on the way (a replica that is killed or
 * drained, a lost network) is waited out: the server is asked how far it has got, and the rest is sent.
 */
export async function uploadFile({ file, signal, onProgress }: Sending): Promise<string> {
  let location: string | undefined;
  let offset: number | undefined;
  let failures = 0;
  for (;;) {
    try {
      signal.throwIfAborted();
      if (location === undefined) {
        location = await create(file, signal);
        offset = 0;
      }
      offset ??= await offsetOf(location, signal);
      while (offset < file.size) {
        const from: number = offset;
        onProgress(from);
        const chunk = file.slice(from, from + chunkBytes);
        offset = await sendChunk({ location, from, chunk, signal, onSent: (sent) => onProgress(from + sent) });
        failures = 0;
      }
      return idIn(location);
    } catch (error) {
      if (signal.aborted || error instanceof UploadRefused) {
        if (location !== undefined) void giveUp(location);
        throw error;
      }
      if (error instanceof Gone) location = undefined;
      if (!(await isReadable(file))) throw new UploadRefused('file-unreadable');
      offset = undefined;
      await pause(failures, signal);
      failures += 1;
    }
  }
}

/** Jittered, so that the uploads of a dead replica don't all come back in one instant. A network that is back ends it. */
export async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(longestWaitMs, 250 * 2 ** failures) * (0.2 + 0.8 * Math.random());
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
  signal.throwIfAborted();
}

class Gone extends Error {}

async function create(file: File, signal: AbortSignal): Promise<string> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...tus,
      'Upload-Length': String(file.size),
      'Upload-Metadata': `filename ${base64(file.name)},filetype ${base64(file.type || 'application/octet-stream')}`,
    },
    signal: within(signal),
  });
  await throwUnless(answer.ok, answer.status, () => answer.text());
  const location = answer.headers.get('Location');
  if (location === null) throw new Error('no Location');
  // Only ever to where the page came from, whatever the answer says.
  return `${endpoint}/${idIn(new URL(location, answer.url).pathname)}`;
}

async function offsetOf(location: string, signal: AbortSignal): Promise<number> {
  const answer = await fetch(location, {
    method: 'HEAD',
    headers: tus,
    cache: 'no-store',
    signal: within(signal),
  });
  await throwUnless(answer.ok, answer.status, () => Promise.resolve(''));
  return offsetIn(answer.headers.get('Upload-Offset'));
}

/** An answer that doesn't come counts as none. */
function within(signal: AbortSignal): AbortSignal {
  const either = new AbortController();
  const timer = setTimeout(() => either.abort(), stalledAfterMs);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    either.abort();
  });
  return either.signal;
}

type Chunk = { location: string; from: number; chunk: Blob; signal: AbortSignal; onSent(bytes: number): void };

/** By XMLHttpRequest, which alone tells how much has left. */
function sendChunk({ location, from, chunk, signal, onSent }: Chunk): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    let stalled = setTimeout(abort, stalledAfterMs);
    request.open('PATCH', location);
    for (const [name, value] of Object.entries(tus)) request.setRequestHeader(name, value);
    request.setRequestHeader('Upload-Offset', String(from));
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(abort, stalledAfterMs);
      onSent(loaded);
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
      const { status, responseText } = request;
      throwUnless(status === 204 || status === 200, status, () => Promise.resolve(responseText))
        .then(() => offsetIn(request.getResponseHeader('Upload-Offset')))
        .then(resolve, reject);
    };
    signal.addEventListener('abort', abort);
    request.send(chunk);
  });
}

/** What is refused for good, as opposed to what another attempt may get through. */
async function throwUnless(fine: boolean, status: number, body: () => Promise<string>): Promise<void> {
  if (fine) return;
  if (status === 404 || status === 410) throw new Gone();
  const refusal = refusalIn(await body());
  if (refused.has(status) || refusal.code === 'too-many-uploads') throw refusal;
  throw new Error(`status ${status}`);
}

const refused = new Set([400, 401, 403, 412, 413, 415, 422, 507]);

function refusalIn(body: string): UploadRefused {
  try {
    const { code, limit } = JSON.parse(body);
    return new UploadRefused(String(code), typeof limit === 'number' ? limit : undefined);
  } catch {
    return new UploadRefused('unknown');
  }
}

function offsetIn(header: string | null): number {
  const offset = Number(header ?? Number.NaN);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new Error('no Upload-Offset');
  return offset;
}

/** Frees its place on the server; where that fails, the server does it by itself a day later. */
async function giveUp(location: string): Promise<void> {
  await fetch(location, { method: 'DELETE', headers: tus, keepalive: true }).catch(() => undefined);
}

const idIn = (path: string) => path.split('/').at(-1) ?? '';

/** A folder, or a file that was moved, renamed or changed since it was chosen. */
function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text.slice(0, 1_000))));
}
