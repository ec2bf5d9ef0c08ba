import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './packages.mjs';
import { giveUp, run } from './run.mjs';

const built = 'dist/client/index.html';
const sources = ['client', 'shared', 'package-lock.json'];

/** Builds the page where it is missing or older than its sources. */
export function ensurePage({ anyWillDo = false } = {}) {
  const builtAt = changedAt(built);
  if (builtAt > 0 && (anyWillDo || builtAt >= Math.max(...sources.map(newestIn)))) return;
  console.log('Building the page …');
  if (!run(pinnedNode, 'node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'error'))
    giveUp('The page could not be built.');
}

/** Folders count too: theirs is the only date that a deleted file leaves. */
function newestIn(path) {
  const at = changedAt(path);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return at;
  return Math.max(at, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
