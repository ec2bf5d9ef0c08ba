import type { BlockList } from 'node:net';
import { integer, onOrOff, SettingError, text } from '../../environment.ts';
import { type ClientLimits, defaultClientLimits } from './client-limits.ts';
import { readNetworks } from './client-sight.ts';

export type ClientsConfig = {
  limits: ClientLimits;
  /** Whose word about their clients is believed. */
  trustedProxies: BlockList | undefined;
  accessLog: boolean;
};

const highest = 1_000_000;

export function readClientsConfig(environment: Record<string, string | undefined>): ClientsConfig {
  const limit = (name: string, fallback: number) => integer(environment, name, fallback, [0, highest]);
  return {
    limits: {
      connections: limit('CONNECTIONS_PER_ADDRESS', defaultClientLimits.connections),
      handshakesPerSecond: limit('HANDSHAKES_PER_ADDRESS', defaultClientLimits.handshakesPerSecond),
      requestsPerSecond: limit('REQUESTS_PER_ADDRESS', defaultClientLimits.requestsPerSecond),
      uploads: limit('UPLOADS_PER_ADDRESS', defaultClientLimits.uploads),
    },
    trustedProxies: readTrustedProxies(text(environment, 'TRUSTED_PROXIES', '')),
    accessLog: onOrOff(environment, 'ACCESS_LOG', 'off'),
  };
}

function readTrustedProxies(list: string): BlockList | undefined {
  if (list === '') return undefined;
  const networks = readNetworks(list);
  if (networks === undefined)
    throw new SettingError(
      `TRUSTED_PROXIES takes addresses such as 10.0.0.0/8, ::1 with commas between them, not "${list}".`,
    );
  return networks;
}
