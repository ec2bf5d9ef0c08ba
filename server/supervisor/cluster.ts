import { type KeptProcess, keepProcess, type ProcessEvent, type Program } from './kept-process.ts';

export type ClusterEvent =
  | ({ process: string } & ProcessEvent)
  /** Everyone serves for the first time, so many milliseconds after this process began. */
  | { kind: 'all-ready'; inMs: number }
  /** Ordered in the lab. */
  | { kind: 'lab'; order: string; replica?: string }
  /** Everyone was renewed, one after another; `failed` names the first that wasn't. */
  | { kind: 'rolled'; inMs: number; failed: string | undefined };

export type Cluster = {
  /** Restarts every process at once, for code that changed. */
  restart(): void;
  /** Renews the replicas one after another and then the balancer, so that nobody's work is disturbed. */
  roll(): Promise<void>;
  /** A replica's process, by its name. */
  replica(name: string): KeptProcess | undefined;
  /** Resolves once all have ended. */
  stop(): Promise<void>;
  /** Ends everything this instant. */
  kill(): void;
};

const stopGraceMs = 7_000;

/** Keeps the programs running. `onRefused` is called once where it makes no sense to go on: the balancer or every replica refused its settings. */
export function startCluster(
  { balancer, replicas }: { balancer: Program; replicas: Program[] },
  report: (event: ClusterEvent) => void,
  onRefused: () => void,
): Cluster {
  const awaited = new Set([balancer, ...replicas].map(({ name }) => name));
  const refused = new Set<string>();
  const kept = new Map<string, KeptProcess>();

  for (const program of [balancer, ...replicas])
    kept.set(
      program.name,
      keepProcess(program, (event) => {
        report({ process: program.name, ...event });
        if (event.kind === 'said' && /"event":"(ready|listening)"/.test(event.line)) serves(program.name);
        if (event.kind === 'ended' && event.refused) refuses(program.name);
      }),
    );

  function serves(name: string): void {
    kept.get(name)?.healthy();
    if (awaited.delete(name) && awaited.size === 0) report({ kind: 'all-ready', inMs: Math.round(performance.now()) });
  }

  function refuses(name: string): void {
    const before = hopeless();
    refused.add(name);
    if (!before && hopeless()) onRefused();
  }

  const hopeless = () => refused.has(balancer.name) || replicas.every(({ name }) => refused.has(name));

  const everyone = () => [...kept.values()];
  let rolling: Promise<void> | undefined;

  async function roll(): Promise<void> {
    const startedAt = performance.now();
    let failed: string | undefined;
    for (const { name } of [...replicas, balancer]) {
      const process = kept.get(name);
      const renewed = name === balancer.name ? process?.succeed() : process?.renew();
      if (await renewed) continue;
      failed = name; // The others stay as they are: what failed here would fail there.
      break;
    }
    report({ kind: 'rolled', inMs: Math.round(performance.now() - startedAt), failed });
    rolling = undefined;
  }

  return {
    restart() {
      for (const process of everyone()) process.restart();
    },
    roll() {
      rolling ??= roll();
      return rolling;
    },
    replica: (name) => (name === balancer.name ? undefined : kept.get(name)),
    stop: async () => void (await Promise.all(everyone().map((process) => process.stop(stopGraceMs)))),
    kill() {
      for (const process of everyone()) process.kill();
    },
  };
}
