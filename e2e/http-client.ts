import type { RefusalDetails, RefusalReason } from '../shared/refusals.ts';

/** A program with a session, for what a test needs before its people open the page. */
export type HttpClient = {
  readonly cookie: string;
  ask<T>(procedure: string, input: unknown): Promise<T>;
};

export type Answer = {
  status: number;
  headers: Headers;
  result?: { data: unknown };
  error?: { data: { reason: RefusalReason; details: RefusalDetails } };
};

/** One call over HTTP, as the page makes it. */
export async function call(
  url: string,
  procedure: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as Omit<Answer, 'status' | 'headers'>;
  return { status: response.status, headers: response.headers, ...body };
}

/** Signs in, joins or sets up: whatever the procedure, its answer brings the session's cookie. */
export async function createHttpClient(url: string, procedure: string, input: unknown): Promise<HttpClient> {
  const answer = await call(url, procedure, input);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`${procedure}: ${JSON.stringify(answer.error)}`);
  return {
    cookie,
    async ask<T>(name: string, parameters: unknown) {
      const { result, error } = await call(url, name, parameters, { cookie });
      if (result === undefined) throw new Error(`${name}: ${JSON.stringify(error)}`);
      return result.data as T;
    },
  };
}
