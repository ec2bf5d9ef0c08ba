import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicketSigner, readTicket } from './ticket.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ronda-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

test('[G10.14] a ticket is good for its purpose until it expires', async () => {
  const { ticket, expiresAt } = await createTicketSigner(directory, 'chat-1')({ for: 'cluster', holder: '7' });
  expect(await readTicket(directory, ticket, 'cluster')).toEqual({
    for: 'cluster',
    holder: '7',
    signer: 'chat-1',
    expiresAt,
  });
  expect(await readTicket(directory, ticket, 'metrics')).toBeUndefined();
  vi.useFakeTimers({ now: expiresAt, toFake: ['Date'] });
  expect(await readTicket(directory, ticket, 'cluster')).toBeUndefined();
});

test('[G10.14] only what a replica signed counts: nothing changed, of another key, or of nobody', async () => {
  const { ticket } = await createTicketSigner(directory, 'chat-1')({ for: 'cluster', holder: '7' });
  const [body = '', signature = ''] = ticket.split('.');
  const forged = Buffer.from(JSON.stringify({ for: 'cluster', holder: '1', signer: 'chat-1', expiresAt: 9e15 }));
  expect(await readTicket(directory, `${forged.toString('base64url')}.${signature}`, 'cluster')).toBeUndefined();
  const strange = Buffer.from(JSON.stringify({ for: 'cluster', holder: '1', signer: '../chat-1', expiresAt: 9e15 }));
  expect(await readTicket(directory, `${strange.toString('base64url')}.${signature}`, 'cluster')).toBeUndefined();
  // A restarted replica has another key.
  await createTicketSigner(directory, 'chat-1')({ for: 'cluster', holder: '7' });
  expect(await readTicket(directory, `${body}.${signature}`, 'cluster')).toBeUndefined();
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await readTicket(directory, text, 'cluster')).toBeUndefined();
    }),
  );
});

test('[G10.14] the private half of the key is on no disk', async () => {
  await createTicketSigner(directory, 'chat-1')({ for: 'cluster', holder: '7' });
  expect(readdirSync(directory)).toEqual(['chat-1.pem']);
  expect(readFileSync(join(directory, 'chat-1.pem'), 'utf8')).not.toContain('PRIVATE');
});
