import { type IncomingHttpHeaders, request } from 'node:http';
import type { RefusalDetails, RefusalReason } from '../../../shared/refusals.ts';

export type HttpAnswer = {
  status: number;
  headers: IncomingHttpHeaders;
  data: unknown;
  refusal: { reason: RefusalReason; details: RefusalDetails } | undefined;
};

export const testOrigin = 'http://localhost';

/** Calls a procedure over HTTP on a replica's socket, as the page does for its identity. */
export async function httpCall(
  socketPath: string,
  procedure: string,
  call: { method: 'GET' | 'POST'; input?: unknown; cookie?: string | undefined; headers?: Record<string, string> },
): Promise<HttpAnswer> {
  const input = JSON.stringify(call.input);
  const query = call.method === 'GET' && input !== undefined ? `?input=${encodeURIComponent(input)}` : '';
  const outgoing = request({
    socketPath,
    method: call.method,
    path: `/trpc/${procedure}${query}`,
    headers: {
      host: 'localhost',
      origin: testOrigin,
      'content-type': 'application/json',
      ...(call.cookie === undefined ? {} : { cookie: call.cookie }),
      ...call.headers,
    },
  });
  outgoing.end(call.method === 'POST' ? input : undefined);
  return new Promise((resolve, reject) => {
    outgoing.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const body = JSON.parse(text) as {
          result?: { data: unknown };
          error?: { data: { reason: RefusalReason; details: RefusalDetails } };
        };
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          data: body.result?.data,
          refusal: body.error && { reason: body.error.data.reason, details: body.error.data.details },
        });
      });
    });
  });
}

/** The cookie that an answer sets, as the browser would send it back. */
export function cookieOf({ headers }: HttpAnswer): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
