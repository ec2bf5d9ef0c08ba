import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type KeptProcess, keepProcess, type ProcessEvent, type Program } from '../server/supervisor/kept-process.ts';
import { programs } from '../server/supervisor/programs.ts';
import { freePort } from '../server/testing/free-port.ts';

type Seen = ProcessEvent & { process: string };

/** A balancer and three replicas as `npm start` runs them, on folders and a port of their own. */
export type Cluster = {
  url: string;
  dataDirectory: string;
  /** The one-time link of a workspace without an owner. */
  setUpLink: string;
  /** SIGKILL; the supervisor's code starts it again. Resolves when it is dead. */
  kill(name: string): Promise<void>;
  /** Resolves once a killed replica serves again. */
  untilBack(name: string): Promise<void>;
  /** Ends one replica, or the balancer, for as long as `bringBack` isn't called. */
  takeDown(name: string): Promise<void>;
  bringBack(name: string): Promise<void>;
  /** From now on the balancer serves the page that was built there. */
  serve(assetsDirectory: string): Promise<void>;
  /** Changes the data behind everyone's back. */
  onDatabase(statement: string): void;
  /** Ends that nobody asked for, with their reasons. */
  crashes(): string[];
  stop(): Promise<void>;
};

const replicaNames = ['chat-1', 'chat-2', 'chat-3'];

export async function startCluster(bind = '127.0.0.1'): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-e2e-'));
  const dataDirectory = join(folder, 'data');
  const runDirectory = join(folder, 'run');
  for (const path of [dataDirectory, join(runDirectory, 'replicas'), join(runDirectory, 'bus')])
    mkdirSync(path, { recursive: true });
  const port = await freePort();
  const config = {
    port,
    bind,
    replicas: 3,
    dataDirectory,
    runDirectory,
    publicUrl: undefined,
    lab: false,
  };

  const seen: Seen[] = [];
  const checks = new Set<() => void>();
  const killed: string[] = [];
  const kept = new Map<string, KeptProcess>();
  const { balancer, replicas } = programs(config);

  function keep(program: Program): void {
    kept.set(
      program.name,
      keepProcess(program, (event) => {
        seen.push({ process: program.name, ...event });
        if (process.env.E2E_LOGS && event.kind === 'said') console.log(event.line);
        for (const check of [...checks]) check();
      }),
    );
  }

  /** The first fitting event after those seen so far, or among all of them. */
  function until<T>(find: (events: Seen[]) => T | undefined, from = 0): Promise<T> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        checks.delete(check);
        reject(new Error(`Not seen in 15 s. The cluster said:\n${seen.slice(-30).map(describe).join('\n')}`));
      }, 15_000);
      function check(): void {
        const found = find(seen.slice(from));
        if (found === undefined) return;
        clearTimeout(deadline);
        checks.delete(check);
        resolve(found);
      }
      checks.add(check);
      check();
    });
  }

  const said = (name: string, event: string, from = 0) =>
    until((events) => events.find((one) => one.process === name && isLine(one, event)), from);
  const programOf = (name: string) => {
    const program = [balancer, ...replicas].find((one) => one.name === name);
    if (program === undefined) throw new Error(`There is no process ${name}.`);
    return program;
  };
  /** The balancer has found the replica again when it sends someone there; its health check takes up to a second. */
  const lastStart = (name: string) => seen.findLastIndex((one) => one.process === name && one.kind === 'started');

  for (const program of [balancer, ...replicas]) keep(program);
  await Promise.all([said('balancer', 'listening'), ...replicaNames.map((name) => said(name, 'ready'))]);
  const setUpLink = await until((events) => events.map(linkIn).find((link) => link !== undefined));
  const url = `http://${bind}:${port}`;
  await Promise.all(replicaNames.map((name) => until((events) => events.find((one) => isTurnOf(one, name)))));

  const takeDown = async (name: string) => kept.get(name)?.stop(5_000);
  const bringBack = async (name: string) => {
    const from = seen.length;
    keep(programOf(name));
    await said(name, name === 'balancer' ? 'listening' : 'ready', from);
  };

  return {
    url,
    dataDirectory,
    setUpLink,
    async kill(name) {
      const from = seen.length;
      const started = seen[lastStart(name)];
      killed.push(name);
      if (started?.kind === 'started') process.kill(started.pid, 'SIGKILL');
      await until((events) => events.find((one) => one.process === name && one.kind === 'ended'), from);
    },
    async untilBack(name) {
      await said(name, 'ready', lastStart(name));
    },
    async takeDown(name) {
      await takeDown(name);
    },
    bringBack,
    async serve(assetsDirectory) {
      await takeDown('balancer');
      balancer.environment.ASSETS_DIRECTORY = assetsDirectory;
      await bringBack('balancer');
    },
    onDatabase(statement) {
      const database = new DatabaseSync(join(dataDirectory, 'ronda.sqlite'), { timeout: 5_000 });
      database.exec(statement);
      database.close();
    },
    crashes() {
      const ends = seen.filter((one) => one.kind === 'ended' && one.restartInMs !== undefined).map(describe);
      return killed.reduce((left, name) => withoutFirst(left, (text) => text.startsWith(`${name}: SIGKILL`)), ends);
    },
    async stop() {
      await Promise.all([...kept.values()].map((one) => one.stop(5_000)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isLine<T extends ProcessEvent>(event: T, name: string): event is T & { kind: 'said' } {
  return event.kind === 'said' && event.line.includes(`"event":"${name}"`);
}

/** The balancer takes a replica into the turns once its check has passed, which comes after the replica's own `ready`. */
function isTurnOf(event: Seen, name: string): boolean {
  return (
    event.process === 'balancer' &&
    isLine(event, 'replica-state') &&
    event.line.includes(`"replica":"${name}"`) &&
    event.line.includes('"to":"up"')
  );
}

function linkIn(event: ProcessEvent): string | undefined {
  return event.kind === 'said' ? /"event":"set-up-needed","url":"([^"]+)"/.exec(event.line)?.[1] : undefined;
}

function describe(event: Seen): string {
  const text = event.kind === 'said' ? event.line : event.kind === 'ended' ? event.why : event.kind;
  return `${event.process}: ${text}`;
}

function withoutFirst(texts: string[], fits: (text: string) => boolean): string[] {
  const index = texts.findIndex(fits);
  return index < 0 ? texts : texts.toSpliced(index, 1);
}
