import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import config from '../../playwright.config.ts';
import { startBalancer, startReplica } from '../cluster/processes.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { median } from '../figures.ts';
import { createTexts } from '../history/texts.ts';

/** Too large to be everybody's dependency; npx fetches it for this alone. */
const lighthouse = 'lighthouse@13.5.0';
const runs = Number(process.env.R ?? 5);
const attempts = 3;
const devtoolsPort = 9_737;

/** Lighthouse's marks, of 100, for the sign-in and for a channel with a page of messages: the median of the runs. */
export async function* benchLighthouse(only?: string): AsyncGenerator<Record<string, unknown>> {
  const workspace = await createBenchWorkspace(20, 5);
  const nextText = createTexts(11);
  const [channel = 0] = workspace.channels;
  for (let index = 0; index < 120; index += 1) {
    const author = workspace.members[Math.floor(index / 3) % 20] ?? 0;
    const clientId = String(index).padStart(22, 'm');
    await workspace.store.write({ kind: 'post-message', author, channel, clientId, text: nextText() });
  }
  const replicas = await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(workspace, id)));
  const balancer = await startBalancer(workspace);
  const url = `http://127.0.0.1:${balancer.port}`;

  for (const [page, path, cookie] of [
    ['sign-in', '/', undefined],
    ['channel', `/channels/${channel}`, workspace.cookies[0]],
  ] as const) {
    for (const form of ['mobile', 'desktop'] as const) {
      if (only !== undefined && !only.startsWith('-') && only !== `${page}-${form}`) continue;
      const marks: Awaited<ReturnType<typeof audit>>[] = [];
      for (let run = 0; run < runs; run += 1) marks.push(await audited(url, path, cookie, form));
      const of = (name: keyof Marks) => median(marks.map((mark) => mark[name]));
      yield {
        bench: 'lighthouse',
        case: `${page}-${form}`,
        performance: of('performance'),
        accessibility: of('accessibility'),
        bestPractices: of('bestPractices'),
        failed: [...new Set(marks.flatMap(({ failed }) => failed))],
      };
    }
  }
  await balancer.stop();
  await Promise.all(replicas.map((replica) => replica.stop()));
  await workspace.remove();
}

/** Now and then it misses the beginning of a page's load, says so and asks to be run again. */
async function audited(...parameters: Parameters<typeof audit>): ReturnType<typeof audit> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await audit(...parameters);
    } catch (error) {
      if (attempt === attempts || !String(error).includes('NO_NAVSTART')) throw error;
    }
}

async function audit(
  url: string,
  path: string,
  cookie: string | undefined,
  form: 'mobile' | 'desktop',
): Promise<Marks & { failed: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-lighthouse-'));
  const { args = [], ...options } = config.use?.launchOptions ?? {};
  const browser = await chromium.launchPersistentContext(join(directory, 'profile'), {
    ...options,
    args: [...args, `--remote-debugging-port=${devtoolsPort}`],
  });
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie !== undefined) await browser.addCookies([{ name, value, url }]);
  const report = join(directory, 'report.json');
  try {
    await promisify(execFile)('npx', [
      ...['--yes', lighthouse, `${url}${path}`, '--quiet', '--output=json', `--output-path=${report}`],
      ...[
        `--port=${devtoolsPort}`,
        '--disable-storage-reset',
        '--only-categories=performance,accessibility,best-practices',
      ],
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
    ]);
  } finally {
    await browser.close();
  }
  const result = JSON.parse(await readFile(report, 'utf8')) as Report;
  await rm(directory, { recursive: true, force: true });
  const failed = Object.values(result.audits).flatMap(({ id, score }) => (score !== null && score < 0.9 ? [id] : []));
  const of = (category: string) => (result.categories[category]?.score ?? 0) * 100;
  return {
    performance: of('performance'),
    accessibility: of('accessibility'),
    bestPractices: of('best-practices'),
    failed,
  };
}

type Marks = { performance: number; accessibility: number; bestPractices: number };

type Report = {
  categories: Record<string, { score: number }>;
  audits: Record<string, { id: string; score: number | null }>;
};
