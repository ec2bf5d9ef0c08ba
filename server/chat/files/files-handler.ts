import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileId } from '../../../shared/attachment.ts';
import type { RefusalReason } from '../../../shared/refusals.ts';
import type { Store } from '../store/store.ts';
import type { FileStore } from './file-store.ts';
import { serveFile } from './serve-file.ts';
import { type UploadHandler, uploadsPath } from './upload-handler.ts';

export const filesPath = '/files/';

export type FilesHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  asking: { pathname: string; search: string; member: number | undefined },
) => Promise<void>;

/** What is asked for under `/files/`: uploads, and files to read. Origin and session were looked at before. */
export function createFilesHandler(options: {
  store: Pick<Store, 'file'>;
  files: FileStore;
  upload: UploadHandler;
}): FilesHandler {
  return async (request, response, { pathname, search, member }) => {
    if (member === undefined) {
      refuse(response, 401, 'not-signed-in');
      return;
    }
    if (pathname === uploadsPath || pathname.startsWith(`${uploadsPath}/`)) {
      const id = pathname.slice(uploadsPath.length + 1);
      if (search !== '' || (id !== '' && !FileId.safeParse(id).success)) refuse(response, 404, 'attachment-missing');
      else await options.upload(request, response, { member, id: id === '' ? undefined : id });
      return;
    }
    const [id = '', name = '', ...rest] = pathname.slice(filesPath.length).split('/');
    const variant = name === 'view' || name === 'small' ? name : 'original';
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const asks = reads && name !== '' && rest.length === 0 && FileId.safeParse(id).success;
    if (!asks || !(await serveFile(request, response, { member, id, variant }, options)))
      refuse(response, 404, 'attachment-missing');
  };
}

function refuse(response: ServerResponse, status: number, code: RefusalReason): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code }));
}
