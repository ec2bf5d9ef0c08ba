import { join } from 'node:path';
import { integer, origin, SettingError, text } from '../environment.ts';

export type Config = {
  port: number;
  bind: string;
  /** Holds the replicas' sockets: `<replicasDirectory>/<id>.sock`. */
  replicasDirectory: string;
  assetsDirectory: string;
  publicUrl: string | undefined;
};

/** The kernel's `sun_path` has 104 bytes on macOS, 108 on Linux, and a closing zero. */
const socketPathLimit = 100;
const longestReplicaFile = 'chat-999.sock';

export function readConfig(environment: Record<string, string | undefined>): Config {
  const runDirectory = text(environment, 'RUN_DIRECTORY', './run');
  const replicasDirectory = join(runDirectory, 'replicas');
  const excess = Buffer.byteLength(join(replicasDirectory, longestReplicaFile)) - socketPathLimit;
  if (excess > 0)
    throw new SettingError(
      `RUN_DIRECTORY holds Unix sockets, whose paths have at most ${socketPathLimit} bytes: "${runDirectory}" is ${excess} too long. Choose a shorter one, such as /tmp/ronda.`,
    );
  return {
    port: integer(environment, 'PORT', 8080, [0, 65_535]),
    bind: text(environment, 'BIND', '127.0.0.1'),
    replicasDirectory,
    assetsDirectory: text(environment, 'ASSETS_DIRECTORY', './dist/client'),
    publicUrl: origin(environment, 'PUBLIC_URL'),
  };
}
