import type { Config } from './config.ts';
import type { Program } from './kept-process.ts';

const compileCache = 'node_modules/.cache/compile';

/** V8 lets young objects take 96 MB before it looks again; in a replica they are gone long before 12. */
export const replicaArguments = ['--max-semi-space-size=4', 'server/chat/main.ts'];

/** What the balancer has in its hands is gone at once; what is young should fit a core's own cache. */
export const balancerArguments = ['--max-semi-space-size=2', 'server/balancer/main.ts'];

/** The balancer and its replicas, each a process of its own. */
export function programs(config: Config): { balancer: Program; replicas: Program[] } {
  const common = {
    PORT: String(config.port),
    RUN_DIRECTORY: config.runDirectory,
    NODE_ENV: 'production',
    // Types erased and code compiled once, not at every start: half the time and 30 MB less of a process.
    NODE_COMPILE_CACHE: compileCache,
    LAB: config.lab ? 'on' : 'off',
    // Where the lab is on, everyone has checked the same settings.
    ...(config.lab ? { BIND: config.bind, PUBLIC_URL: '' } : {}),
    ...(config.publicUrl === undefined ? {} : { PUBLIC_URL: config.publicUrl }),
  };
  return {
    balancer: {
      name: 'balancer',
      arguments: balancerArguments,
      environment: { ...common, BIND: config.bind },
    },
    replicas: Array.from({ length: config.replicas }, (_, index) => ({
      name: `chat-${index + 1}`,
      arguments: replicaArguments,
      environment: {
        ...common,
        REPLICA_ID: `chat-${index + 1}`,
        DATA_DIRECTORY: config.dataDirectory,
        // Four threads, Node's default, are too few for one writer, its readers and password hashes.
        UV_THREADPOOL_SIZE: '8',
      },
    })),
  };
}
