import { existsSync, readFileSync } from 'node:fs';
import { pinnedNode } from './packages.mjs';
import { giveUp, run } from './run.mjs';

const systemChromium = '/usr/bin/chromium';

/** The browser tests take CHROMIUM_PATH, else the system's Chromium, else Playwright's own. */
export async function ensureChromium() {
  if (process.env.CHROMIUM_PATH || existsSync(systemChromium)) return;
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return;
  console.log('Installing Chromium for the browser tests …');
  const done = onDebian()
    ? installPackage()
    : run(pinnedNode, 'node_modules/@playwright/test/cli.js', 'install', 'chromium');
  if (!done) giveUp('Chromium could not be installed. Name one by CHROMIUM_PATH.');
}

function installPackage() {
  const asRoot = process.getuid?.() === 0 ? ['env'] : ['sudo', '-n'];
  return (
    run(...asRoot, 'apt-get', '-qq', 'update') &&
    run(...asRoot, 'apt-get', '-qq', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')
  );
}

function onDebian() {
  const isDebian = existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  return isDebian && (process.getuid?.() === 0 || run('sudo', '-n', 'true'));
}
