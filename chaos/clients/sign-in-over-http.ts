/** Calls a procedure over HTTP, as the page does for its identity; returns the session's cookie. */
export async function signInOverHttp(port: number, procedure: string, input: unknown): Promise<string> {
  const address = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${address}/trpc/${procedure}`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined) throw new Error(`${procedure}: ${answer.status} ${await answer.text()}`);
  return cookie;
}
