/** `npm run dev`: Vite with hot reload on PORT, in front of the same servers, which restart when their code changes. */
import { watch } from 'node:fs';
import { createServer } from 'vite';
import { SettingError } from '../server/environment.ts';
import { readConfig } from '../server/supervisor/config.ts';
import { settingsRefused } from '../server/supervisor/kept-process.ts';
import { createNarrator } from '../server/supervisor/narrator.ts';
import { programs } from '../server/supervisor/programs.ts';
import { supervise } from '../server/supervisor/supervise.ts';

/** Editors write a file in several steps. */
const settleMs = 150;

try {
  await develop();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = settingsRefused;
}

async function develop(): Promise<void> {
  const config = readConfig(process.env);
  const behind = config.port + 1;
  const { balancer, replicas } = programs(config);
  const moved = { ...balancer, environment: { ...balancer.environment, PORT: String(behind) } };

  process.env.BALANCER_URL = `http://127.0.0.1:${behind}`;
  const page = await createServer({
    configFile: 'client/vite.config.ts',
    server: { port: config.port, host: config.bind, strictPort: true },
  });
  process.removeAllListeners('SIGTERM'); // Vite would exit before the servers have ended

  const narrate = createNarrator((text) => process.stdout.write(text));
  const cluster = supervise(config, { balancer: moved, replicas }, (event) => {
    const internal = event.kind === 'said' && event.line.includes('"event":"listening"');
    if (!internal) narrate(event);
  });

  let settled: NodeJS.Timeout | undefined;
  for (const folder of ['server', 'shared'])
    watch(folder, { recursive: true }, (_, name) => {
      if (!name?.endsWith('.ts') || name.endsWith('.test.ts')) return;
      clearTimeout(settled);
      settled = setTimeout(() => cluster.restart(), settleMs);
    });

  await page.listen();
  console.log(`\n  Ronda, reloading as you change it, is at http://${config.bind}:${config.port}\n`);
}
