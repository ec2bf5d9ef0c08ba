import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { balancerArguments, replicaArguments } from '../server/supervisor/programs.ts';

/** What .dockerignore keeps from every image. */
const notSent = /\/testing\/|\.test\.tsx?$/;

/** Of each image the programs that run in it; and the page, of which Vite builds one. */
test.each([
  ['Dockerfile.server', 'image', ['server/chat/main.ts', 'server/chat/backup/main.ts', 'server/chat/identity/main.ts']],
  ['Dockerfile.client', 'image', ['server/balancer/main.ts', 'server/balancer/health-check.ts']],
  [
    'Dockerfile.client',
    'page',
    ['client/vite.config.ts', 'client/src/main.tsx', 'client/src/service-worker/service-worker.ts'],
  ],
])('%s copies all that its stage “%s” runs, and leaves out no package of it', (dockerfile, stage, programs) => {
  const text = readFileSync(dockerfile, 'utf8');
  const copied = copiedBy(text, stage);
  const { files, packages } = neededBy(programs);
  const isCopied = (file: string) => !notSent.test(file) && copied.some((pattern) => pattern.test(file));
  expect([...files].filter((file) => !isCopied(file))).toEqual([]);
  if (stage === 'image') expect([...packages].filter((name) => !installed(text).has(name))).toEqual([]);
  expect(files.size).toBeGreaterThan(programs.length);
});

test.each([
  ['Dockerfile.server', replicaArguments],
  ['Dockerfile.client', balancerArguments],
])('%s starts Node as the supervisor does', (dockerfile, programArguments) => {
  const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(readFileSync(dockerfile, 'utf8')) ?? [];
  expect(JSON.parse(command)).toEqual(['node', ...programArguments]);
});

/** What `COPY` brings from this folder: a folder with all that is in it, a file, or one folder's files by `*`. */
function copiedBy(dockerfile: string, stage: string): RegExp[] {
  const [, lines = ''] = dockerfile.split(new RegExp(`^FROM \\S+ AS ${stage}$`, 'm'));
  const [ofStage = ''] = lines.split(/^FROM /m);
  const sources = [...ofStage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  return sources.map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(/|$)`));
}

/** The packages that its server has: what package.json names, but for what the Dockerfile takes out of it. */
function installed(dockerfile: string): Set<string> {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  const deleted = [...dockerfile.matchAll(/dependencies(?:\.([\w-]+)|\[([@/\w-]+)\])/g)].map(([, a, b]) => a ?? b);
  return new Set(Object.keys(dependencies).filter((name) => !deleted.includes(name)));
}

/** All files that are reached by imports that are still there at run time, or started as processes of their own. */
function neededBy(programs: readonly string[]): { files: Set<string>; packages: Set<string> } {
  const files = new Set(programs);
  const packages = new Set<string>();
  for (const file of files)
    for (const name of /\.tsx?$/.test(file) ? namesIn(readFileSync(file, 'utf8')) : [])
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return { files, packages };
}

function namesIn(source: string): string[] {
  const imports = /^(?:import|export) (?!type\b)(?:[^;'"]*? from )?'([^']+)'/gm;
  const later = /\b(?:import|new URL)\('([^']+)'/g;
  return [imports, later].flatMap((pattern) => [...source.matchAll(pattern)].map(([, name = '']) => name));
}
