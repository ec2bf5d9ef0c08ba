/** `npm run screenshots`: the README's picture, of a real conversation on a real cluster. */
import { chromium } from '@playwright/test';
import { startCluster } from '../e2e/cluster.ts';
import { createHttpClient, type HttpClient } from '../e2e/http-client.ts';
import { Person } from '../e2e/person.ts';
import config from '../playwright.config.ts';
import { mintClientId } from '../shared/client-id.ts';

const conversation: [name: string, text: string][] = [
  ['Marisol', 'Good morning! Who brings what on Saturday?'],
  ['Teo', 'I have the big table and two benches. Could somebody with a car pick them up?'],
  ['Ines', 'I can, around ten. Same place as last year?'],
  ['Teo', 'The same, next to the fountain 🙌'],
  ['Marisol', 'Then I make the tortilla. Two of them, after what happened last time.'],
  ['Kofi', 'Nobody regrets what happened last time.'],
  ['Kofi', 'I bring the speakers, and a list of songs that is open to votes: https://example.org/songs'],
  ['Ines', 'Vote noted. It starts at twelve, doesn’t it?'],
];

const cluster = await startCluster();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const token = new URL(cluster.setUpLink).hash.slice(1);
  const owner = { token, workspace: 'Plaza Mayor', name: 'Marisol', password: 'a square with a fountain' };
  const people = new Map([['Marisol', await createHttpClient(cluster.url, 'identity.setUp', owner)]]);
  const marisol = personNamed('Marisol');
  const invite = { clientId: mintClientId(), guests: true, maximumUses: 50, validForDays: 7 };
  const { code } = await marisol.ask<{ code: string }>('invites.create', invite);
  for (const name of ['Teo', 'Ines', 'Kofi'])
    people.set(name, await createHttpClient(cluster.url, 'identity.join', { code, name }));
  for (const name of ['garden', 'lost and found', 'neighbours’ assembly'])
    await marisol.ask('channels.create', { clientId: mintClientId(), name });
  for (const [name, text] of conversation)
    await personNamed(name).ask('messages.send', { channel: 1, clientId: mintClientId(), text });

  const viewer = await Person.arrive(browser, 'Marisol', cluster.url, {
    viewport: { width: 1180, height: 720 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await viewer.use(marisol.cookie, cluster.url);
  await viewer.page.getByRole('link', { name: 'general' }).click();
  await viewer.expectMessage('It starts at twelve');
  await viewer.composer.fill('At twelve, and it ends when the last one');
  await viewer.page.screenshot({ path: 'docs/images/conversation.png', animations: 'disabled' });

  function personNamed(name: string): HttpClient {
    const client = people.get(name);
    if (client === undefined) throw new Error(`${name} hasn’t joined.`);
    return client;
  }
} finally {
  await browser.close();
  await cluster.stop();
}
