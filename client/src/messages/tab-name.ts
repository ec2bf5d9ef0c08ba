/** The same through a reload, another one in every tab: also in one that was duplicated, session storage and all. */
export type TabName = {
  name: string;
  /** Those of the tabs that are there now. */
  others(): Promise<ReadonlySet<string>>;
  leave(): void;
};

const storageKey = 'ronda.tab';
const lockPrefix = 'ronda.tab.';
/** A page that is reloaded may still hold its name for a moment. */
const patienceMs = 500;
const rollCallMs = 300;

/** The browser itself knows who is there, and whose tab has crashed; only secure contexts may ask it. */
export async function claimTabName(): Promise<TabName> {
  return (navigator.locks as LockManager | undefined) === undefined ? claimByRollCall() : claimByLock(navigator.locks);
}

async function claimByLock(locks: LockManager): Promise<TabName> {
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const hold = (name: string) =>
    new Promise<boolean>((resolve) => {
      const held = () => {
        resolve(true);
        return left;
      };
      locks.request(lockPrefix + name, { signal: AbortSignal.timeout(patienceMs) }, held).catch(() => resolve(false));
    });
  let name = storedName();
  while (!(await hold(name))) name = newName();
  return {
    name: stored(name),
    async others() {
      const { held = [] } = await locks.query();
      const names = held.flatMap((lock) =>
        lock.name?.startsWith(lockPrefix) ? [lock.name.slice(lockPrefix.length)] : [],
      );
      return new Set(names);
    },
    leave,
  };
}

/** Every tab is asked for its name; one that has crashed doesn't answer. */
async function claimByRollCall(): Promise<TabName> {
  let name: string | undefined;
  const channel = new BroadcastChannel('ronda.outbox');
  const alive = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<{ ask?: string; answer?: string }>) => {
    if (data.ask !== undefined && name !== undefined) channel.postMessage({ answer: name });
    if (data.answer !== undefined) alive.add(data.answer);
  };
  const rollCall = async () => {
    alive.clear();
    channel.postMessage({ ask: name ?? '' });
    await new Promise((resolve) => setTimeout(resolve, rollCallMs));
    return new Set(alive);
  };
  const known = storedName();
  name = stored((await rollCall()).has(known) ? newName() : known);
  return { name, others: rollCall, leave: () => channel.close() };
}

function storedName(): string {
  try {
    return sessionStorage.getItem(storageKey) ?? newName();
  } catch {
    return newName();
  }
}

function stored(name: string): string {
  try {
    sessionStorage.setItem(storageKey, name);
  } catch {
    // Then it holds for this page.
  }
  return name;
}

function newName(): string {
  return Math.random().toString(36).slice(2);
}
