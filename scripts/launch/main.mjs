/** `npm start`, `dev`, `demo`, `backup`, `check`, `test` and others: installs and builds what is missing, then hands over to the pinned Node. */
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { handOver } from './hand-over.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePage } from './page.mjs';

const commands = {
  start() {
    ensurePage();
    return handOver('server/supervisor/main.ts');
  },
  renew() {
    ensurePage();
    return handOver('scripts/renew.ts');
  },
  dev() {
    ensurePage({ anyWillDo: true });
    return handOver('scripts/dev.ts');
  },
  demo() {
    ensurePage();
    return handOver('scripts/demo.ts');
  },
  check() {
    return handOver('scripts/check.ts');
  },
  bench() {
    ensurePage();
    return handOver('bench/main.ts');
  },
  chaos() {
    return handOver('chaos/main.ts');
  },
  backup() {
    return handOver('server/chat/backup/main.ts', 'backup');
  },
  restore() {
    return handOver('server/chat/backup/main.ts', 'restore');
  },
  'reset-password'() {
    return handOver('server/chat/identity/main.ts');
  },
  async e2e() {
    await ensureChromium();
    ensurePage();
    return handOver('node_modules/@playwright/test/cli.js', 'test');
  },
  async compose() {
    await ensureChromium();
    return handOver('scripts/compose-test.ts');
  },
  async test() {
    await ensureChromium();
    return handOver('scripts/test.ts');
  },
};

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const command = commands[process.argv[2]];
if (command === undefined) {
  console.error(`Usage: node scripts/launch.cjs ${Object.keys(commands).join('|')}`);
  process.exit(64);
}
ensurePackages();
await command();
