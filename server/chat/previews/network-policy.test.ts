import { expect, test } from 'vitest';
import { publicWeb } from './network-policy.ts';

test.each([
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.0.1', '169.254.169.254'],
  ...[
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.9.9',
  ],
  ...['198.51.100.7', '203.0.113.7', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe', '::7f00:1', '64:ff9b::7f00:1'],
  ...['64:ff9b:1::1', '100::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ...['2001::1', '2001:0:7f00:1::', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'localhost', '', '127.1', '0x7f000001'],
])('[T.6] %s is no address of the public internet', (address) => {
  expect(publicWeb.allowsAddress(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
])('%s is one', (address) => {
  expect(publicWeb.allowsAddress(address)).toBe(true);
});

test('[T.6] only the web’s own ports are connected to', () => {
  expect([80, 443, 22, 25, 6379, 8080, 0].filter((port) => publicWeb.allowsPort(port))).toEqual([80, 443]);
});
