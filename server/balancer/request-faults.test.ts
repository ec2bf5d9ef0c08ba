import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endToEndHeaders } from './forwarded-headers.ts';
import { faultInRequest } from './request-faults.ts';

const withHost = (host: string) => faultInRequest({ url: '/trpc', rawHeaders: ['Host', host] });
const withPath = (url: string) => faultInRequest({ url, rawHeaders: ['Host', 'localhost:8080'] });

describe('faults in a request', () => {
  test.each(['localhost', 'localhost:8080', 'chat.example.org', '192.168.1.7:80', '[::1]:8080', 'a_b.local', 'x.'])(
    'Host %s is fine',
    (host) => expect(withHost(host)).toBeUndefined(),
  );

  test.each([
    '',
    ' ',
    'a b',
    '%',
    '%41',
    'a%',
    'a/b',
    'a@b',
    'a:b',
    'a:99999',
    '[::1',
    '[zz]',
    '-',
    'a,b',
    'a;b',
    '<x>',
    "a'",
    'ä',
  ])('[G10.4] Host "%s" is refused', (host) => expect(withHost(host)).toBe('a malformed Host header'));

  test('[G10.4] a request without Host, or with two, is refused', () => {
    expect(faultInRequest({ url: '/', rawHeaders: [] })).toBe('no Host header');
    expect(faultInRequest({ url: '/', rawHeaders: ['Host', 'a', 'HOST', 'a'] })).toBe('more than one Host header');
  });

  test.each([
    '/',
    '/trpc',
    '/trpc?connectionParams=1',
    '/files/a%20b',
    '/?q=[x]',
    '/.well-known/x',
    '/a..b',
    '/?q=/../',
  ])('path %s is fine', (path) => expect(withPath(path)).toBeUndefined());

  test.each(['//[', '//x/trpc', '/\\x', '', '*', 'http://x/trpc', 'trpc', '/a b', '/\u0000', '/\u00ff'])(
    '[G10.4] path "%s" is refused',
    (path) => expect(withPath(path)).toBe('a malformed path'),
  );

  test.each(['/trpc/../metrics', '/..', '/./x', '/a/%2E%2e/b', '/a/.%2e', '/a\\..\\b', '/a/..?x', '/a/..#x'])(
    '[G10.4] path "%s" is refused for its dot segments',
    (path) => expect(withPath(path)).toBe('a path with dot segments'),
  );
});

test('[G10.4] a replica can parse every path that is let through, and sees no other host in it', () => {
  const path = fc.string({
    unit: fc.oneof(fc.constantFrom(...'/\\\\[]@:?#%.2e'), fc.string({ minLength: 1, maxLength: 1 })),
  });
  fc.assert(
    fc.property(path, (rest) => {
      const url = `/${rest}`;
      if (withPath(url) !== undefined) return;
      const { host, pathname } = new URL(url, 'http://localhost');
      const [path = ''] = url.split(/[?#]/);
      expect([host, pathname.split('/').length]).toEqual(['localhost', path.split(/[/\\]/).length]);
    }),
    { numRuns: 2_000 },
  );
});

describe('headers passed on', () => {
  test('[G10] hop-by-hop, Connection-listed and forwarding headers stay behind, duplicates and order are kept', () => {
    const raw = [
      'Host',
      'a',
      'Cookie',
      'x=1',
      'Connection',
      'keep-alive, X-Hop, Upgrade',
      'X-Hop',
      '1',
      'Cookie',
      'y=2',
    ];
    const claims = [
      'X-Forwarded-For',
      '1.2.3.4',
      'x-forwarded-host',
      'evil',
      'Forwarded',
      'for=x',
      'X-Real-IP',
      '1.1.1.1',
    ];
    const hops = [
      'TE',
      'trailers',
      'Keep-Alive',
      '5',
      'Upgrade',
      'h2c',
      'HTTP2-Settings',
      'x',
      'Proxy-Authorization',
      'x',
    ];
    expect(endToEndHeaders([...raw, ...claims, ...hops])).toEqual(['Host', 'a', 'Cookie', 'x=1', 'Cookie', 'y=2']);
  });

  test('[G10] Connection cannot name a header that carries the meaning of the message', () => {
    const raw = [
      'Connection',
      'host, origin, cookie, content-length',
      'Host',
      'a',
      'Origin',
      'b',
      'Content-Length',
      '3',
    ];
    expect(endToEndHeaders(raw)).toEqual(raw.slice(2));
  });
});
