import { type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { mintClientId } from '../shared/client-id.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { Person } from './person.ts';

export const ownerPassword = 'the owner of this ronda';

type Fixtures = {
  /** The address that the page is reached at, where it isn't this machine's own. */
  address: string;
  /** A running system without an owner; no process of it may end by itself. */
  cluster: Cluster;
  /** Its owner, Olga, over HTTP. */
  owner: HttpClient;
  /** Makes an invite link's code. */
  invite: (options?: { guests?: boolean; maximumUses?: number }) => Promise<string>;
  /** Someone new at the page, not yet inside. */
  newcomer: (name: string, options?: BrowserContextOptions) => Promise<Person>;
  /** Someone who has joined as a guest and sees the conversation. */
  guest: (name: string, options?: BrowserContextOptions) => Promise<Person>;
};

export const test = base.extend<Fixtures>({
  address: ['127.0.0.1', { option: true }],

  cluster: async ({ address }, use) => {
    const cluster = await startCluster(address);
    await use(cluster);
    const crashes = cluster.crashes();
    await cluster.stop();
    expect(crashes, 'no process died by itself').toEqual([]);
  },

  baseURL: ({ cluster }, use) => use(cluster.url),

  owner: async ({ cluster }, use) => {
    const token = new URL(cluster.setUpLink).hash.slice(1);
    const setUp = { token, workspace: 'Casa', name: 'Olga', password: ownerPassword };
    await use(await createHttpClient(cluster.url, 'identity.setUp', setUp));
  },

  invite: async ({ owner }, use) => {
    await use(async ({ guests = true, maximumUses = 100 } = {}) => {
      const input = { clientId: mintClientId(), guests, maximumUses, validForDays: 7 };
      return (await owner.ask<{ code: string }>('invites.create', input)).code;
    });
  },

  newcomer: async ({ browser, cluster }, use) => {
    const people: Person[] = [];
    await use(async (name, options) => {
      const person = await Person.arrive(browser, name, cluster.url, options);
      people.push(person);
      return person;
    });
    await Promise.all(people.map(({ context }) => context.close()));
  },

  guest: async ({ cluster, invite, newcomer }, use) => {
    await use(async (name, options) => {
      const person = await newcomer(name, options);
      const { cookie } = await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name });
      await person.use(cookie, cluster.url);
      await person.expectInside();
      return person;
    });
  },
});

export { expect };
