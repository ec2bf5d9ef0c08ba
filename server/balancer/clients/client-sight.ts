import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';
import type { ForwardedClient } from '../forwarded-headers.ts';

export type ClientSight = {
  /** Who asks, as far as it can be believed. */
  clientOf(request: Pick<IncomingMessage, 'socket' | 'headers'>): ForwardedClient;
  /** Whose connection it is: a client, or a proxy that we trust. */
  peerOf(socket: Socket): string;
  isTrusted(address: string): boolean;
};

type Options = { trustedProxies: BlockList | undefined; protocol: 'http' | 'https' };

/**
 * What a client says of where it comes from is worth nothing, unless it is a proxy of ours. Of a chain, what proxies
 * of ours have added counts: the last address that isn't one of them.
 */
export function createClientSight({ trustedProxies, protocol }: Options): ClientSight {
  const isTrusted = (address: string) =>
    trustedProxies !== undefined && isIP(address) !== 0 && trustedProxies.check(address, familyOf(address));

  function clientOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): ForwardedClient {
    const peer = peerOf(socket);
    const host = headers.host ?? '';
    if (!isTrusted(peer)) return { address: peer, protocol, host };
    const claimed = headers['x-forwarded-proto'];
    return {
      address: lastForeign(listOf(headers['x-forwarded-for'])) ?? peer,
      protocol: claimed === 'https' || claimed === 'http' ? claimed : protocol,
      host,
    };
  }

  function lastForeign(chain: string[]): string | undefined {
    let nearest: string | undefined;
    for (const entry of chain.reverse()) {
      const address = plain(entry);
      // Whoever wrote something else before it wasn't one of ours.
      if (isIP(address) === 0) return nearest;
      nearest = address;
      if (!isTrusted(address)) return address;
    }
    return nearest;
  }

  return { clientOf, peerOf, isTrusted };
}

/** A listener on `::` sees IPv4 clients under IPv6 names. */
function peerOf({ remoteAddress }: Socket): string {
  return plain(remoteAddress ?? 'unknown');
}

function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

function listOf(header: string | string[] | undefined): string[] {
  const list = Array.isArray(header) ? header.join(',') : (header ?? '');
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** `10.0.0.0/8, ::1` as it is written in a setting; undefined where an entry isn't one. */
export function readNetworks(list: string): BlockList | undefined {
  const networks = new BlockList();
  for (const entry of listOf(list)) {
    const [address = '', prefix, ...more] = entry.split('/');
    const bits = isIP(address) === 4 ? 32 : 128;
    const length = prefix === undefined ? bits : Number(prefix);
    if (isIP(address) === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix ?? '0') || length > bits) return undefined;
    networks.addSubnet(address, length, familyOf(address));
  }
  return networks;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
