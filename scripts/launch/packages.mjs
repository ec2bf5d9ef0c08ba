import { existsSync, readFileSync } from 'node:fs';
import { giveUp, run } from './run.mjs';

/** The runtime that package.json pins; everything but the launcher runs on it. */
export const pinnedNode = 'node_modules/node/bin/node';
const presentFile = 'node_modules/.package-lock.json';
const sqlite = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

export function ensurePackages() {
  if (installed()) return;
  console.log('Installing the packages (only when they change). Compiling SQLite can take two minutes …');
  // In place where there are some already, so that SQLite isn't compiled again; from scratch where that isn't enough.
  const inPlace = existsSync(presentFile) && npm('install', '--no-save') && installed();
  if (!inPlace && !(npm('ci') && installed()))
    giveUp('The packages could not be installed. SQLite needs python3, make and g++ where it has to be compiled.');
}

function npm(...command) {
  const all = [...command, '--no-audit', '--no-fund', '--loglevel=error'];
  // npm names itself, so that no other npm of the machine is taken.
  const itself = process.env.npm_execpath;
  return itself?.endsWith('.js') ? run(process.execPath, itself, ...all) : run('npm', ...all);
}

/** Whether node_modules holds what package-lock.json names, version by version, and what their scripts make. */
function installed() {
  if (!existsSync(pinnedNode) || !existsSync(sqlite) || !existsSync(presentFile)) return false;
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn(presentFile);
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || present[path]?.version === version,
  );
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
