import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../server/balancer/config.ts';
import { readChatConfig } from '../server/chat/config.ts';

const compose = readFileSync('compose.yaml', 'utf8');
const [forChat = '', services = ''] = compose.split('\nservices:\n');
const forBalancer = services + readFileSync('compose.tls.yaml', 'utf8');

/** The image's own, files that have to be mounted as well, and what no container is: the demo, a test. */
const notPassed = new Set([
  'RUN_DIRECTORY',
  'DATA_DIRECTORY',
  'ASSETS_DIRECTORY',
  'BIND',
  'TLS_CERT',
  'TLS_KEY',
  'DEMO',
  'PUSH_TO_LOOPBACK',
]);
/** What compose.yaml sets itself. */
const fixed = /^ +(CERTIFICATE_DIRECTORY|HTTP_PORT): \S|(REPLICA_ID): chat-1/gm;

test.each([
  ['the balancer', forBalancer, readConfig, { CERTIFICATE_DIRECTORY: '/c', PUBLIC_URL: 'https://chat.example.org' }],
  ['a replica', forChat, readChatConfig, {}],
])('every setting that %s reads is passed to its container', (_, text, read, environment) => {
  const set = [...(compose + forBalancer).matchAll(fixed)].map(([, first, second]) => first ?? second ?? '');
  const wanted = [...namesRead(read, environment)].filter((name) => !notPassed.has(name) && !set.includes(name));
  expect(wanted.filter((name) => !text.includes(`\${${name}:-`))).toEqual([]);
  expect(wanted.length).toBeGreaterThan(3);
});

function namesRead(
  read: (environment: Record<string, string | undefined>) => unknown,
  environment: Record<string, string>,
): Set<string> {
  const names = new Set<string>();
  read(
    new Proxy(environment, {
      get(target, name) {
        names.add(String(name));
        return Reflect.get(target, name);
      },
    }),
  );
  return names;
}
