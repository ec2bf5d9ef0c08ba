import { isIP } from 'node:net';
import { type NetworkPolicy, publicWeb } from '../previews/network-policy.ts';

/** Which addresses a device's push service may have. */
export type PushPolicy = { network: NetworkPolicy; accepts(endpoint: string): boolean };

/** Services of the public web, over https; with `toLoopback`, which is for tests, this machine's own as well. */
export function createPushPolicy({ toLoopback }: { toLoopback: boolean }): PushPolicy {
  const network: NetworkPolicy = toLoopback
    ? {
        allowsAddress: (address) => publicWeb.allowsAddress(address) || isLoopback(address),
        allowsPort: () => true,
      }
    : publicWeb;
  return {
    network,
    accepts(endpoint) {
      if (!URL.canParse(endpoint)) return false;
      const { protocol, hostname, port, username, hash } = new URL(endpoint);
      const host = hostname.replace(/^\[|\]$/g, '');
      if (protocol !== 'https:' && !(toLoopback && protocol === 'http:' && isLoopback(host))) return false;
      if (username !== '' || hash !== '') return false;
      if (isIP(host) !== 0 && !network.allowsAddress(host)) return false;
      return network.allowsPort(port === '' ? 443 : Number(port));
    },
  };
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}
