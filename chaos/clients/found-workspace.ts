import { mintClientId } from '../../shared/client-id.ts';
import type { Random } from '../random.ts';
import type { Account } from './person.ts';
import { signInOverHttp } from './sign-in-over-http.ts';
import { createStockClient, type StockClient } from './stock-client.ts';

const password = 'correct horse battery';
const members = ['Ben', 'Cleo'];
const guests = ['Dora', 'Emil', 'Fay', 'Gus', 'Hana'];
const publicChannels = ['forge', 'harbour', 'orchard', 'quarry'];
const privateChannels = ['attic', 'cellar'];

/** Channels that people may leave and join again. */
export type Workspace = { accounts: Account[]; openChannels: number[] };

/** Sets a workspace up through the balancer, as people do: an owner, members, guests, and channels of different people. */
export async function foundWorkspace(port: number, setUpLink: string, random: Random): Promise<Workspace> {
  const token = new URL(setUpLink).hash.slice(1);
  const owner = await signInOverHttp(port, 'identity.setUp', { token, workspace: 'Chaos', name: 'Ada', password });
  const ada = createStockClient({ port, cookie: owner });
  const terms = { guests: true, maximumUses: 100, validForDays: 1 };
  const { code } = await ada.trpc.invites.create.mutate({ clientId: mintClientId(), ...terms });

  const clients = new Map([['Ada', { cookie: owner, client: ada }]]);
  for (const name of [...members, ...guests]) {
    const asMember = members.includes(name) ? { password } : {};
    const cookie = await signInOverHttp(port, 'identity.join', { code, name, ...asMember });
    clients.set(name, { cookie, client: createStockClient({ port, cookie }) });
  }

  const founders = ['Ada', ...members].map((name) => clients.get(name)?.client ?? ada);
  const openChannels: number[] = [];
  for (const [index, name] of publicChannels.entries())
    openChannels.push(await createChannel(founders[index % founders.length] ?? ada, name, false));
  for (const [index, name] of privateChannels.entries())
    await createChannel(founders[index % founders.length] ?? ada, name, true);

  const accounts: Account[] = [];
  for (const [name, { cookie, client }] of clients) {
    for (const channel of random.shuffled(openChannels).slice(0, 2))
      await client.trpc.channels.join.mutate({ channel });
    const { me, channels } = await client.trpc.workspace.snapshot.query();
    accounts.push({ member: me.id, name, cookie, channels: channels.map(({ id }) => id) });
    client.close();
  }
  return { accounts, openChannels };
}

async function createChannel(founder: StockClient, name: string, isPrivate: boolean): Promise<number> {
  const { id } = await founder.trpc.channels.create.mutate({ clientId: mintClientId(), name, private: isPrivate });
  return id;
}
