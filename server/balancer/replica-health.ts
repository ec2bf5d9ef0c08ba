/**
 * `suspect` is usable with failures counted against it; `draining` ends what it has and gets nothing new; `paused`
 * keeps what it has and gets nothing new, because somebody ordered it.
 */
export const replicaStates = ['starting', 'up', 'suspect', 'down', 'draining', 'paused'] as const;
export type ReplicaState = (typeof replicaStates)[number];

/** What checks and connections tell of a replica; a pause can only be ordered. */
export type Health = {
  state: Exclude<ReplicaState, 'paused'>;
  checksPassed: number;
  checksFailed: number;
  /** In a row: connects, and handshakes that got no answer. */
  connectsFailed: number;
  handshakesFailed: number;
  /** In a row, without a connect that worked between them. */
  ejections: number;
  /** Good checks don't count before: a replica can answer its check and still refuse connections. */
  ejectedUntil: number;
  /** It took its address away: no check of this incarnation counts any more. */
  gone: boolean;
};

export type HealthFact =
  | { kind: 'check-passed'; at: number }
  | { kind: 'check-failed' }
  /** Its address is there and refuses: the process behind it has ended. */
  | { kind: 'nobody-listens' }
  /** It answered its check, and the answer is that it wants no more (503). */
  | { kind: 'not-ready' }
  | { kind: 'connected' }
  | { kind: 'answered' }
  /** `ejectionMs` is already jittered, so that replicas ejected together don't return together. */
  | { kind: 'connect-failed' | 'handshake-failed'; at: number; ejectionMs: number }
  /** The replica took its socket away, which is how it asks for no more. */
  | { kind: 'socket-gone' };

const rise = 2;
const fall = 3;

const unblemished = { checksPassed: 0, checksFailed: 0, connectsFailed: 0, handshakesFailed: 0 };

export const startingHealth: Health = {
  state: 'starting',
  ...unblemished,
  ejections: 0,
  ejectedUntil: 0,
  gone: false,
};

export function isUsable({ state }: { state: ReplicaState }): boolean {
  return state === 'up' || state === 'suspect';
}

export function afterFact(health: Health, fact: HealthFact): Health {
  switch (fact.kind) {
    case 'check-passed':
      return afterGoodCheck(health, fact.at);
    case 'check-failed':
      return afterBadCheck(health);
    case 'nobody-listens':
      return health.state === 'starting' ? health : { ...health, ...unblemished, state: 'down' };
    case 'not-ready':
      return isUsable(health) ? { ...health, state: 'draining', checksFailed: 0 } : afterBadCheck(health);
    case 'connected':
      return health.connectsFailed === 0 ? health : { ...health, connectsFailed: 0 };
    case 'answered':
      return health.handshakesFailed + health.ejections === 0
        ? health
        : { ...health, handshakesFailed: 0, ejections: 0 };
    case 'connect-failed':
      return afterFailedWork({ ...health, connectsFailed: health.connectsFailed + 1 }, fact);
    case 'handshake-failed':
      return afterFailedWork({ ...health, handshakesFailed: health.handshakesFailed + 1 }, fact);
    case 'socket-gone':
      return { ...health, gone: true, state: isUsable(health) || health.state === 'draining' ? 'draining' : 'down' };
  }
}

function afterGoodCheck(health: Health, at: number): Health {
  if (health.gone) return health;
  switch (health.state) {
    case 'starting':
      return { ...health, state: 'up' };
    case 'up':
      return health;
    case 'suspect':
      return {
        ...health,
        checksFailed: 0,
        state: health.connectsFailed + health.handshakesFailed > 0 ? 'suspect' : 'up',
      };
    case 'down': {
      if (at < health.ejectedUntil) return health;
      const checksPassed = health.checksPassed + 1;
      if (checksPassed < rise) return { ...health, checksPassed };
      return { ...health, ...unblemished, state: 'up' };
    }
    case 'draining':
      return { ...health, ...unblemished, state: 'up' };
  }
}

function afterBadCheck(health: Health): Health {
  if (health.state === 'down') return { ...health, checksPassed: 0 };
  if (health.state === 'starting') return health;
  const checksFailed = health.checksFailed + 1;
  if (checksFailed >= fall) return { ...health, checksFailed, checksPassed: 0, state: 'down' };
  return { ...health, checksFailed, checksPassed: 0, state: isUsable(health) ? 'suspect' : health.state };
}

/** Both kinds of failure count apart: a replica that accepts and then says nothing fails no connect. */
function afterFailedWork(health: Health, { at, ejectionMs }: { at: number; ejectionMs: number }): Health {
  if (!isUsable(health)) return { ...health, connectsFailed: 0, handshakesFailed: 0 };
  if (Math.max(health.connectsFailed, health.handshakesFailed) < fall) return { ...health, state: 'suspect' };
  const ejections = health.ejections + 1;
  return { ...health, ...unblemished, state: 'down', ejections, ejectedUntil: at + ejectionMs * ejections };
}
