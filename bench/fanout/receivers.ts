import { type LightSocket, openLightSocket } from '../sockets/light-socket.ts';

/** The process that holds all receiving sockets; it reports each time every one of them has got one more event. */
export type ReceiversOrder = {
  socketPath: string;
  /** One a connection. */
  cookies: string[];
  path: string;
  /** What each sends once it is open. */
  opening: string[];
  /** Text frames that each gets before the first event. */
  greetings: number;
};

export type ReceiversReport = { kind: 'ready' } | { kind: 'received'; total: number };

process.once('message', (order: ReceiversOrder) => void run(order));

const openAtOnce = 50;

async function run({ socketPath, cookies, path, opening, greetings }: ReceiversOrder): Promise<void> {
  const sockets: LightSocket[] = [];
  let total = -cookies.length * greetings;
  let reported = 0;
  const onText = () => {
    total += 1;
    if (total < reported + cookies.length) return;
    reported += cookies.length;
    process.send?.({ kind: 'received', total } satisfies ReceiversReport);
  };
  for (let start = 0; start < cookies.length; start += openAtOnce)
    await Promise.all(
      cookies.slice(start, start + openAtOnce).map(async (cookie) => {
        const headers = { Cookie: cookie, Origin: 'http://localhost' };
        const onClose = () => process.exit(1);
        const socket = await openLightSocket({ to: { path: socketPath }, path, headers, onText, onClose });
        for (const text of opening) socket.send(text);
        sockets.push(socket);
      }),
    );
  while (total < 0) await new Promise((resolve) => setTimeout(resolve, 10));
  process.send?.({ kind: 'ready' } satisfies ReceiversReport);
}
