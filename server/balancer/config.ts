import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { integer, origin, SettingError, text } from '../environment.ts';
import { type ClientsConfig, readClientsConfig } from './clients/clients-config.ts';
import type { LabDoors } from './lab/ask-lab.ts';
import type { Policy } from './policy.ts';
import type { ReplicaAddress } from './replica-addresses.ts';
import { readHttpPort, readTls, type TlsConfig } from './tls/tls-config.ts';

export type Config = {
  port: number;
  bind: string;
  /** Holds the replicas' sockets: `<replicasDirectory>/<id>.sock`. */
  replicasDirectory: string;
  /** Replicas over TCP, beside those in the folder. */
  replicaAddresses: readonly ReplicaAddress[];
  policy: Policy;
  assetsDirectory: string;
  /** Holds the keys that check tickets: `<ticketsDirectory>/<replica>.pem`. */
  ticketsDirectory: string;
  /** Where the supervisor takes the lab's orders, if it does. */
  labs: LabDoors;
  publicUrl: string | undefined;
  clients: ClientsConfig;
  /** Lets whoever has it read the metrics from afar. */
  metricsToken: string | undefined;
  tls: TlsConfig | undefined;
  /** Where HTTP is answered beside HTTPS. */
  httpPort: number | undefined;
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
  const publicUrl = origin(environment, 'PUBLIC_URL');
  const tls = readTls(environment, publicUrl);
  return {
    port: integer(environment, 'PORT', 8080, [0, 65_535]),
    bind: text(environment, 'BIND', '127.0.0.1'),
    replicasDirectory,
    replicaAddresses: readAddresses(text(environment, 'REPLICA_ADDRESSES', '')),
    policy: readPolicy(environment),
    assetsDirectory: text(environment, 'ASSETS_DIRECTORY', './dist/client'),
    publicUrl,
    clients: readClientsConfig(environment),
    tls,
    httpPort: readHttpPort(environment, tls),
    metricsToken: text(environment, 'METRICS_TOKEN', '') || undefined,
    ticketsDirectory: join(runDirectory, 'tickets'),
    labs: { supervisor: join(runDirectory, 'lab.sock'), replicas: join(runDirectory, 'labs') },
  };
}

function readPolicy(environment: Record<string, string | undefined>): Policy {
  const balancing = text(environment, 'BALANCING', 'round-robin');
  if (balancing !== 'round-robin' && balancing !== 'least-connections')
    throw new SettingError(`BALANCING takes round-robin or least-connections, not "${balancing}".`);
  return {
    balancing,
    slowStartMs: 1_000 * integer(environment, 'SLOW_START_SECONDS', 0, [0, 3_600]),
    connectionAgeMs: 60_000 * integer(environment, 'CONNECTION_AGE_MINUTES', 0, [0, 100_000]),
    rebalancePerSecond: integer(environment, 'REBALANCE_PER_SECOND', 0, [0, 1_000]),
  };
}

/** `chat-1=10.0.0.5:9000, chat.internal:9000`: what has no name of its own is called by its address. */
function readAddresses(list: string): ReplicaAddress[] {
  const addresses = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readAddress);
  const ids = new Set(addresses.map(({ id }) => id));
  if (ids.size < addresses.length) throw new SettingError('REPLICA_ADDRESSES takes each name once.');
  return addresses;
}

function readAddress(entry: string): ReplicaAddress {
  const [, id, address = ''] = /^(?:([a-z0-9][a-z0-9-]{0,62})=)?(.+)$/.exec(entry) ?? [];
  const [, bracketed, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(address) ?? [];
  const port = Number(digits);
  const host = bracketed ?? name;
  if (host === undefined || port < 1 || port > 65_535 || (bracketed !== undefined && !isIPv6(bracketed)))
    throw new SettingError(
      `REPLICA_ADDRESSES takes addresses such as chat-1=10.0.0.5:9000 with commas between them, not "${entry}".`,
    );
  return { id: id ?? address, host, port };
}
