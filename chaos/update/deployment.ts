import { execFileSync, spawn } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The images' user. */
const imageUser = 1000;
const images = 'ronda-update-test/';

/** How a command ended, and when it said each line, in ms. */
export type Ended = { code: number | null; lines: { text: string; at: number }[] };

/** A server of its own, as `deploy/` sets one up: a folder with compose.yaml and settings, and the command `ronda`. */
export type Deployment = {
  readonly dataDirectory: string;
  /** Builds both images of this working tree under a version's name. */
  build(version: string): void;
  /** A version whose replicas start and never serve. */
  buildBroken(version: string, from: string): void;
  up(version: string): void;
  /** Runs `ronda …`. */
  ronda(...parameters: string[]): Promise<Ended>;
  down(): void;
};

export function createDeployment(folder: string, port: number): Deployment {
  const dataDirectory = join(folder, 'data');
  const project = `ronda-update-${process.pid}`;
  const command = join(folder, 'ronda');
  const environment = {
    ...process.env,
    RONDA_HOME: folder,
    RONDA_COMMAND: command,
    RONDA_NO_PULL: '1',
    RONDA_PATIENCE: '40',
    COMPOSE_PROJECT_NAME: project,
  };
  mkdirSync(dataDirectory);
  chownSync(dataDirectory, imageUser, imageUser);
  for (const name of ['compose.yaml', 'compose.tls.yaml']) copyFileSync(name, join(folder, name));
  copyFileSync('deploy/ronda', command);

  const docker = (...parameters: string[]) =>
    void execFileSync('docker', parameters, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const compose = (...parameters: string[]) => docker('compose', '--project-directory', folder, ...parameters);
  const dockerfiles = { 'ronda-chat': 'Dockerfile.server', 'ronda-balancer': 'Dockerfile.client' };

  return {
    dataDirectory,
    build(version) {
      for (const [name, dockerfile] of Object.entries(dockerfiles))
        docker(
          'build',
          '-q',
          '-f',
          dockerfile,
          '--build-arg',
          `VERSION=${version}`,
          '-t',
          `${images}${name}:${version}`,
          '.',
        );
    },
    buildBroken(version, from) {
      const context = join(folder, 'broken');
      mkdirSync(context);
      const never = JSON.stringify(['node', '-e', 'setInterval(() => {}, 1000)']);
      writeFileSync(join(context, 'Dockerfile'), `FROM ${images}ronda-chat:${from}\nCMD ${never}\n`);
      docker('build', '-q', '-t', `${images}ronda-chat:${version}`, context);
      docker('tag', `${images}ronda-balancer:${from}`, `${images}ronda-balancer:${version}`);
    },
    up(version) {
      const settings = {
        VERSION: version,
        IMAGES: images,
        BIND: '127.0.0.1',
        PORT: port,
        DATA_VOLUME: resolve(dataDirectory),
      };
      writeFileSync(
        join(folder, '.env'),
        `${Object.entries(settings)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n')}\n`,
      );
      compose('up', '--detach', '--no-build', '--wait', '--wait-timeout', '120');
    },
    ronda(...parameters) {
      const child = spawn('bash', [command, ...parameters], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
      const lines: Ended['lines'] = [];
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (text) => void lines.push({ text, at: performance.now() }));
      return new Promise((done, reject) => {
        child.once('error', reject);
        child.once('close', (code) => done({ code, lines }));
      });
    },
    down: () => compose('down', '--volumes', '--remove-orphans', '--timeout', '20'),
  };
}
