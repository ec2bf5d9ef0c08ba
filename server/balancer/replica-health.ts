/** `suspect` is usable with failures counted against it; `draining` ends what it has and gets nothing new. */
export type ReplicaState = 'starting' | 'up' | 'suspect' | 'down' | 'draining';

export type Health = {
  state: ReplicaState;
  checksPassed: number;
  checksFailed: number;
  connectsFailed: number;
  /** In a row, without a connect that worked between them. */
  ejections: number;
  /** Good checks don't count before: a replica can answer its check and still refuse connections. */
  ejectedUntil: number;
};

export type HealthFact =
  | { kind: 'check-passed'; at: number }
  | { kind: 'check-failed' }
  | { kind: 'connected' }
  /** `ejectionMs` is already jittered, so that replicas ejected together don't return together. */
  | { kind: 'connect-failed'; at: number; ejectionMs: number }
  /** The replica took its socket away, which is how it asks for no more. */
  | { kind: 'socket-gone' };

const rise = 2;
const fall = 3;

export const startingHealth: Health = {
  state: 'starting',
  checksPassed: 0,
  checksFailed: 0,
  connectsFailed: 0,
  ejections: 0,
  ejectedUntil: 0,
};

export function isUsable({ state }: Health): boolean {
  return state === 'up' || state === 'suspect';
}

export function afterFact(health: Health, fact: HealthFact): Health {
  switch (fact.kind) {
    case 'check-passed':
      return afterGoodCheck(health, fact.at);
    case 'check-failed':
      return afterBadCheck(health);
    case 'connected':
      return health.connectsFailed + health.ejections === 0 ? health : { ...health, connectsFailed: 0, ejections: 0 };
    case 'connect-failed':
      return afterFailedConnect(health, fact);
    case 'socket-gone':
      return { ...health, state: isUsable(health) || health.state === 'draining' ? 'draining' : 'down' };
  }
}

function afterGoodCheck(health: Health, at: number): Health {
  switch (health.state) {
    case 'starting':
      return { ...health, state: 'up' };
    case 'up':
      return health;
    case 'suspect':
      return health.connectsFailed > 0 ? { ...health, checksFailed: 0 } : { ...health, state: 'up', checksFailed: 0 };
    case 'down': {
      if (at < health.ejectedUntil) return health;
      const checksPassed = health.checksPassed + 1;
      if (checksPassed < rise) return { ...health, checksPassed };
      return { ...health, state: 'up', checksPassed: 0, checksFailed: 0, connectsFailed: 0 };
    }
    case 'draining':
      return health;
  }
}

function afterBadCheck(health: Health): Health {
  if (health.state === 'down') return { ...health, checksPassed: 0 };
  if (!isUsable(health)) return health;
  const checksFailed = health.checksFailed + 1;
  return { ...health, checksFailed, checksPassed: 0, state: checksFailed < fall ? 'suspect' : 'down' };
}

function afterFailedConnect(health: Health, { at, ejectionMs }: { at: number; ejectionMs: number }): Health {
  if (!isUsable(health)) return health;
  const connectsFailed = health.connectsFailed + 1;
  if (connectsFailed < fall) return { ...health, connectsFailed, state: 'suspect' };
  const ejections = health.ejections + 1;
  return {
    ...health,
    state: 'down',
    checksPassed: 0,
    connectsFailed: 0,
    ejections,
    ejectedUntil: at + ejectionMs * ejections,
  };
}
