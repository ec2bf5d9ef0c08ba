import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const entry = join(import.meta.dirname, 'src/service-worker/service-worker.ts');
/** Beside the page and its assets; what else is in `public/` only the browser asks for, when it installs the app. */
const publicFiles = ['head-start.js', 'favicon.svg'];

type Release = {
  version: string;
  files: { path: string; integrity?: string }[];
  languages: Record<string, string[]>;
};

/** Builds `/service-worker.js`, one file at an address that stays, with the list of what this release consists of. */
export function serviceWorkerBuild(): Plugin {
  let publicDirectory = '';
  return {
    name: 'ronda-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDirectory = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') return this.error('The page is built before its service worker.');
        const known = (path: string, content: string | Uint8Array) => ({
          path,
          integrity: `sha256-${hash('sha256', content, 'base64')}`,
        });
        const release = releaseOf(Object.keys(bundle), [
          known('/', page.source),
          ...publicFiles.map((name) => known(`/${name}`, readFileSync(join(publicDirectory, name)))),
        ]);
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: await buildWorker(release) });
      },
    },
  };
}

function releaseOf(names: string[], named: Release['files']): Release {
  const languages: Record<string, string[]> = {};
  const files = [...named];
  for (const name of names.sort()) {
    if (!name.startsWith('assets/')) continue;
    const language = /^assets\/(en|es)-[\w-]+\.js$/.exec(name)?.[1];
    if (language === undefined) files.push({ path: `/${name}` });
    else languages[language] = [...(languages[language] ?? []), `/${name}`];
  }
  const version = hash('sha256', JSON.stringify([files, languages]), 'base64url').slice(0, 12);
  return { version, files, languages };
}

async function buildWorker(release: Release): Promise<string> {
  const result = await build({
    configFile: false,
    root: import.meta.dirname,
    publicDir: false,
    logLevel: 'warn',
    plugins: [releaseModule(release)],
    build: {
      write: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'service-worker.js' } },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  const [chunk] = first !== undefined && 'output' in first ? first.output : [];
  if (chunk?.type !== 'chunk') throw new Error('The service worker is one file.');
  return chunk.code;
}

function releaseModule(release: Release): Plugin {
  const name = 'virtual:release';
  const exports = Object.entries(release).map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`);
  return {
    name: 'ronda-release',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? exports.join('\n') : undefined),
  };
}
