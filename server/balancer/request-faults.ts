/**
 * Origin form only; a second slash or a backslash after the first would make `new URL` read a host from the path.
 * Invariant: `new URL` takes every path of this form.
 */
const originForm = /^\/(?![/\\])[\x21-\x7e]*$/;
/** Whoever resolves `.` and `..`, plain or escaped, ends up at another path than who took the first part for the way. */
const dotSegment = /^[^?#]*[/\\](?:\.|%2e){1,2}(?:[/\\?#]|$)/i;
const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;

/**
 * What makes a request line or Host unsafe to pass on, or undefined. Replicas hand both to `new URL`, which throws
 * (tRPC 11.25's WebSocket adapter died of it), and two parsers that disagree on them are how requests get smuggled.
 */
export function faultInRequest({
  url = '',
  rawHeaders,
}: {
  url?: string | undefined;
  rawHeaders: readonly string[];
}): string | undefined {
  let host: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (host !== undefined) return 'more than one Host header';
    host = rawHeaders[index + 1] ?? '';
  }
  if (host === undefined) return 'no Host header';
  if (!isHost(host)) return 'a malformed Host header';
  if (url === latestGoodUrl) return undefined;
  if (!originForm.test(url)) return 'a malformed path';
  if (dotSegment.test(url)) return 'a path with dot segments';
  latestGoodUrl = url;
  return undefined;
}

/** A handshake is looked at twice, and most of them ask for the same. */
let latestGoodUrl = '';

/** Parsing costs more than the rest of a small answer, and nearly every request names the same host. */
const goodHosts = new Set<string>();
const rememberedHosts = 64;

function isHost(host: string): boolean {
  if (goodHosts.has(host)) return true;
  if (!hostForm.test(host) || !URL.canParse(`http://${host}`)) return false;
  if (goodHosts.size < rememberedHosts) goodHosts.add(host);
  return true;
}
