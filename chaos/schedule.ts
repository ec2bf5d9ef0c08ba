import { createRandom, type Random } from './random.ts';

/** Which of the readers: every n-th, from one on. */
export type Share = { every: number; from: number };

export type Fault =
  | { kind: 'kill-replica'; replica: number }
  | { kind: 'kill-all-replicas' }
  | { kind: 'kill-balancer' }
  | { kind: 'stop-replica'; replica: number; forMs: number }
  | { kind: 'stop-balancer'; forMs: number }
  | { kind: 'stall'; share: Share; forMs: number }
  | { kind: 'vanish'; share: Share }
  | { kind: 'storm' }
  | { kind: 'reload'; share: Share }
  | { kind: 'foreign-cursor'; share: Share }
  | { kind: 'slow-fsync'; byMs: number; forMs: number }
  | { kind: 'disk-full'; forMs: number }
  | { kind: 'rolling-restart' };

export type Step = { afterMs: number; fault: Fault };

export const replicaCount = 3;

/** How often each kind lies in the deck that is dealt from: all of them come, in an order of the seed's. */
const deck: Record<Fault['kind'], number> = {
  'kill-replica': 10,
  'kill-all-replicas': 2,
  'kill-balancer': 3,
  'stop-replica': 3,
  'stop-balancer': 1,
  stall: 2,
  vanish: 2,
  storm: 1,
  reload: 1,
  'foreign-cursor': 1,
  'slow-fsync': 2,
  'disk-full': 2,
  'rolling-restart': 1,
};

const betweenMs = [200, 1_400] as const;

/** Without end; exactly `kills` processes are killed in it. */
export function* schedule(seed: number, kills: number): Generator<Step, never> {
  const random = createRandom(seed);
  const cards = Object.entries(deck).flatMap(([kind, count]) =>
    Array<Fault['kind']>(count).fill(kind as Fault['kind']),
  );
  let left = kills;
  for (;;)
    for (const kind of random.shuffled(cards)) {
      const step = { afterMs: random.integer(...betweenMs), fault: faultOf(kind, random) };
      const killed = killsOf(step.fault);
      if (killed > left) continue;
      left -= killed;
      yield step;
    }
}

export function killsOf({ kind }: Fault): number {
  if (kind === 'kill-all-replicas') return replicaCount;
  return kind === 'kill-replica' || kind === 'kill-balancer' ? 1 : 0;
}

function faultOf(kind: Fault['kind'], random: Random): Fault {
  const replica = random.integer(1, replicaCount);
  const every = random.integer(2, 4);
  const share = { every, from: random.integer(0, every - 1) };
  const forMs = random.integer(1_000, 4_000);
  switch (kind) {
    case 'kill-replica':
      return { kind, replica };
    case 'stop-replica':
      return { kind, replica, forMs };
    case 'stop-balancer':
      return { kind, forMs };
    case 'stall':
      return { kind, share, forMs };
    case 'vanish':
    case 'reload':
    case 'foreign-cursor':
      return { kind, share };
    case 'slow-fsync':
      return { kind, byMs: random.integer(5, 60), forMs };
    case 'disk-full':
      return { kind, forMs };
    case 'kill-all-replicas':
    case 'kill-balancer':
    case 'storm':
    case 'rolling-restart':
      return { kind };
  }
}
