import { expect, test } from 'vitest';
import { deviceOf } from './device.ts';

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    'Chrome',
    'Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge',
    'Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iOS',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'macOS'],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    'Chrome',
    'Android',
  ],
  ['curl/8.9 <script>', '', ''],
  [undefined, '', ''],
])('[I.3] of %s the browser and the system are known by name, and nothing else is kept', (agent, browser, system) => {
  expect(deviceOf(agent, '203.0.113.9')).toEqual({ browser, system, network: '203.0.…' });
});

test.each([
  ['::ffff:198.51.100.7', '198.51.…'],
  ['2001:db8:1:2::5', '2001:db8:…'],
  ['::1', ''],
  ['unknown', ''],
])('[I.3] of the address %s the network is kept: %s', (address, network) => {
  expect(deviceOf('', address).network).toBe(network);
});
