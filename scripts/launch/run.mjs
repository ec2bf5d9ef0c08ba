import { spawnSync } from 'node:child_process';

/** Runs a command in view of the person who waits for it; true where it went well. */
export function run(program, ...parameters) {
  return spawnSync(program, parameters, { stdio: 'inherit' }).status === 0;
}

export function giveUp(message) {
  console.error(message);
  process.exit(1);
}
