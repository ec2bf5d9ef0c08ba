import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import module from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode } from './packages.mjs';

/** Goes on with a program of ours on the pinned Node: in this very process where npm has chosen that already. */
export async function handOver(file, ...parameters) {
  const given = process.argv.slice(3);
  if (realpathSync(process.execPath) === realpathSync(pinnedNode)) {
    module.enableCompileCache('node_modules/.cache/compile');
    process.argv = [process.argv[0], resolve(file), ...parameters, ...given];
    await import(pathToFileURL(resolve(file)).href);
    return;
  }
  // The channel tells the program when this process is gone.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(pinnedNode, [file, ...parameters, ...given], { stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
