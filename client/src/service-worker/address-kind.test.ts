import { expect, test } from 'vitest';
import { addressKind } from './address-kind.ts';

test('[O.1] what a server says itself is never answered from a cache; the page stands at every other address', () => {
  for (const path of ['/trpc', '/trpc/identity.status', '/files/uploads/x.png', '/cluster/trpc/cluster.watch'])
    expect([path, addressKind(path)]).toEqual([path, 'server']);
  for (const path of ['/healthz', '/readyz', '/metrics', '/service-worker.js'])
    expect([path, addressKind(path)]).toEqual([path, 'server']);
  for (const path of ['/', '/channels/3', '/c/1/m/8', '/cluster', '/join/x', '/setup', '/trpcs', '/filesystem'])
    expect([path, addressKind(path)]).toEqual([path, 'page']);
  for (const path of ['/assets/index-4f2a.js', '/head-start.js', '/favicon.svg'])
    expect([path, addressKind(path)]).toEqual([path, 'file']);
});
