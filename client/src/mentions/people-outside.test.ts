import { expect, test } from 'vitest';
import type { Person } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { peopleOutside } from './people-outside.ts';

const person = (id: number, name: string): Person => ({ id, name, role: 'member' });
const [ana, anaMaria, bea] = [person(1, 'Ana'), person(2, 'Ana María'), person(3, 'Bea')];
const inside = [ana];

/** As the server looks: by the beginning of a name, in a channel or everywhere. */
const search = async ({ query, channel }: { query: string; channel?: number }) => ({
  people: (channel === undefined ? [ana, anaMaria, bea] : inside).filter(({ name }) =>
    foldName(name).startsWith(foldName(query)),
  ),
});
const named = async (text: string) => (await peopleOutside(search, 7, text)).map(({ name }) => name);

test('[M.1] who is named and isn’t in the channel is found, once, by the longest name', async () => {
  expect(await named('@bea and @ana maria, @Bea!')).toEqual(['Bea', 'Ana María']);
});

test('[M.1] nobody is found behind a name of the channel, a group, an address or code', async () => {
  expect(await named('@Ana @channel @aquí ask@bea.example `@Bea` @nobody')).toEqual([]);
});
