import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any variable it serves the built page on the loopback address', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    bind: '127.0.0.1',
    replicasDirectory: 'run/replicas',
    assetsDirectory: './dist/client',
    publicUrl: undefined,
  });
});

test('[G10.9] a RUN_DIRECTORY too deep for Unix sockets is named with what to do', () => {
  expect(() => readConfig({ RUN_DIRECTORY: `/tmp/${'x'.repeat(80)}` })).toThrow(/^RUN_DIRECTORY .* 8 too long/);
  expect(readConfig({ RUN_DIRECTORY: `/tmp/${'x'.repeat(70)}` }).port).toBe(8080);
});

test.each([
  ['PORT', '80x'],
  ['PORT', '65536'],
  ['PUBLIC_URL', 'chat.example.org'],
])('[G10.9] %s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
});
