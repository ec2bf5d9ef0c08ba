import { describe, expect, test } from 'vitest';
import type { Bus, BusEvents, BusMessage } from './bus.ts';

/** Opens a bus for one replica; buses opened in one test reach each other, and end with it. */
type OpenBus = (id: string, events: BusEvents) => Promise<Bus & { crash(): void }>;

/** What every transport behind the `Bus` port must do. `prepare` gives each test a place of its own. */
export function describeBus(name: string, prepare: () => Promise<OpenBus>): void {
  describe(`bus contract: ${name}`, () => {
    /** A replica that keeps what it hears. */
    async function join(open: OpenBus, id: string, greeting: BusMessage[] = []) {
      const heard: { from: string; message: BusMessage }[] = [];
      const lost: string[] = [];
      const bus = await open(id, {
        onMessage: (message, from) => void heard.push({ from, message }),
        greeting: () => greeting,
        onPeerLost: (peer) => void lost.push(peer),
      });
      return { bus, heard, lost };
    }

    const present = (member: number): BusMessage => ({ kind: 'present', members: [member] });

    test('each of three hears the others under their names, and not itself', async () => {
      const open = await prepare();
      const [one, two, three] = await Promise.all([
        join(open, 'chat-1', [present(1)]),
        join(open, 'chat-2', [present(2)]),
        join(open, 'chat-3', [present(3)]),
      ]);
      const names = (replica: typeof one) => [...new Set(replica.heard.map(({ from }) => from))].sort();
      await expect
        .poll(() => [one, two, three].map(names))
        .toEqual([
          ['chat-2', 'chat-3'],
          ['chat-1', 'chat-3'],
          ['chat-1', 'chat-2'],
        ]);
      two.bus.publish({ kind: 'committed', size: 1 });
      const fromTwo = { from: 'chat-2', message: { kind: 'committed', size: 1 } };
      await expect
        .poll(() => [one.heard, three.heard].every((heard) => heard.some((each) => each.message.kind === 'committed')))
        .toBe(true);
      expect(one.heard).toContainEqual(fromTwo);
      expect(two.heard.some(({ from }) => from === 'chat-2')).toBe(false);
    });

    test('what one replica says arrives in the order in which it was said', async () => {
      const open = await prepare();
      const [one, two] = [await join(open, 'chat-1'), await join(open, 'chat-2', [present(0)])];
      await expect.poll(() => one.heard.length).toBe(1);
      for (let member = 1; member <= 200; member += 1) two.bus.publish(present(member));
      await expect.poll(() => one.heard.length).toBe(201);
      const members = one.heard.flatMap(({ message }) => (message.kind === 'present' ? message.members : []));
      expect(members).toEqual(Array.from({ length: 201 }, (_, index) => index));
    });

    test('[G7] a replica that dies is told as lost, and greets anew when it comes back', async () => {
      const open = await prepare();
      const one = await join(open, 'chat-1');
      const two = await join(open, 'chat-2', [present(2)]);
      await expect.poll(() => one.heard.length).toBe(1);
      two.bus.crash();
      await expect.poll(() => one.lost).toEqual(['chat-2']);
      await join(open, 'chat-2', [present(22)]);
      await expect.poll(() => one.heard.at(-1)).toEqual({ from: 'chat-2', message: present(22) });
    });

    test('publishing where nobody can be reached does nothing', async () => {
      const open = await prepare();
      const { bus } = await join(open, 'chat-1');
      expect(() => bus.publish({ kind: 'committed', size: 1 })).not.toThrow();
    });
  });
}
