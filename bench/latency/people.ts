import { mintClientId } from '../../shared/client-id.ts';
import { openLightSocket } from '../sockets/light-socket.ts';

/** The process that is all the people: it opens their sockets, writes at a pace, and times what comes back. */
export type PeopleOrder = {
  port: number;
  /** One a person. */
  cookies: string[];
  /** Who writes where how often; indexes into `cookies`. */
  groups: { channel: number; people: number[]; perSecond: number }[];
  warmUpSeconds: number;
  seconds: number;
};

export type PeopleReport = { ackMs: number[]; seenMs: number[]; sent: number; delivered: number };

process.once('message', (order: PeopleOrder) => void run(order));

const openAtOnce = 50;
const tickMs = 5;

type Person = { replica: string; send(text: string): void; asked: Map<number, number> };

async function run({ port, cookies, groups, warmUpSeconds, seconds }: PeopleOrder): Promise<void> {
  const report: PeopleReport = { ackMs: [], seenMs: [], sent: 0, delivered: 0 };
  let measuring = false;

  async function open(cookie: string): Promise<Person> {
    const person: Person = { replica: '', send: () => undefined, asked: new Map() };
    const onText = (payload: Buffer) => {
      const { id, result } = JSON.parse(payload.toString()) as Answer;
      const event = result?.data?.data;
      if (event?.kind === 'hello') person.replica = event.replica ?? '';
      if (!measuring) return;
      const askedAt = person.asked.get(id);
      if (askedAt !== undefined) {
        person.asked.delete(id);
        report.ackMs.push(performance.now() - askedAt);
      }
      if (event?.kind !== 'message-posted') return;
      report.delivered += 1;
      const sentAt = Number(event.message?.text);
      if (event.replica !== person.replica && sentAt > startedAt) report.seenMs.push(performance.now() - sentAt);
    };
    const headers = { Cookie: cookie, Origin: `http://127.0.0.1:${port}`, Host: `127.0.0.1:${port}` };
    const onClose = () => process.exit(1);
    const socket = await openLightSocket({ to: { port, host: '127.0.0.1' }, path: '/trpc', headers, onText, onClose });
    socket.send('{"id":1,"method":"subscription","params":{"path":"events"}}');
    socket.send('{"id":2,"method":"subscription","params":{"path":"ephemeral"}}');
    person.send = socket.send;
    return person;
  }

  const people: Person[] = [];
  for (let start = 0; start < cookies.length; start += openAtOnce)
    people.push(...(await Promise.all(cookies.slice(start, start + openAtOnce).map(open))));

  let startedAt = Number.POSITIVE_INFINITY;
  let nextId = 3;
  const writingSince = performance.now();
  const written = groups.map(() => 0);
  const write = setInterval(() => {
    const elapsed = (performance.now() - writingSince) / 1_000;
    for (const [index, { channel, people: members, perSecond }] of groups.entries()) {
      const due = Math.floor(elapsed * perSecond + index / groups.length);
      for (; (written[index] ?? 0) < due; written[index] = (written[index] ?? 0) + 1) {
        const person = people[members[Math.floor(Math.random() * members.length)] ?? 0];
        if (person === undefined) continue;
        const id = nextId++;
        const input = { channel, clientId: mintClientId(), text: String(performance.now()) };
        if (measuring) {
          person.asked.set(id, performance.now());
          report.sent += 1;
        }
        person.send(JSON.stringify({ id, method: 'mutation', params: { path: 'messages.send', input } }));
      }
    }
  }, tickMs);
  await new Promise((resolve) => setTimeout(resolve, warmUpSeconds * 1_000));
  startedAt = performance.now();
  measuring = true;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  clearInterval(write);
  process.send?.(report);
}

type Answer = {
  id: number;
  result?: { data?: { data?: { kind: string; replica?: string; message?: { text: string } } } };
};
